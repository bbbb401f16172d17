// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.ClosedException;
import io.chagres.internal.posix.PosixSocket;
import java.lang.foreign.MemorySegment;

/** What is checked before anything is received. */
final class Messages {

    private Messages() {}

    static void check(PosixSocket socket, MemorySegment target) throws ClosedException {
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("the target is read-only");
        }
        if (!socket.isOpen()) {
            throw new ClosedException("recv", socket.name());
        }
    }
}
