// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.event.Pollable;

/** The descriptors of two sockets, for the call layer. */
final class SocketNumbers {

    private final BorrowedDescriptor lentFrom;
    private final BorrowedDescriptor lentTo;
    private final int from;
    private final int to;

    private SocketNumbers(BorrowedDescriptor lentFrom, BorrowedDescriptor lentTo) {
        this.lentFrom = lentFrom;
        this.lentTo = lentTo;
        from = lentFrom.fd();
        to = lentTo.fd();
    }

    static SocketNumbers of(Pollable from, Pollable to) throws IpcException {
        return new SocketNumbers(from.borrow(), to.borrow());
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    void giveBack() {
        lentFrom.close();
        lentTo.close();
    }
}
