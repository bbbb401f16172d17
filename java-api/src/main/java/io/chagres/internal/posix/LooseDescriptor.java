// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.socket.PassedDescriptor.Adopter;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A descriptor of some kind that has no handle of its own kind yet. Thread-safe. */
public final class LooseDescriptor {

    private static final String KIND = "PassedDescriptor";
    private static final String DETACH = "detach";

    /** Null when it was taken. */
    private final AtomicReference<@Nullable Descriptor> present;

    private final String name;
    private volatile boolean closed;

    private LooseDescriptor(String name, int fd) {
        this.name = name;
        this.present = new AtomicReference<>(new Descriptor(KIND, name, fd));
    }

    /** Takes one over, whatever it is. */
    public static LooseDescriptor adopt(int fd) throws IpcException {
        if (fd < 0) {
            throw new IllegalArgumentException("descriptor " + fd + " is negative");
        }
        String name = "descriptor " + fd;
        Descriptor.closeOnExec(fd, name);
        return new LooseDescriptor(name, fd);
    }

    /** Gives it to what takes it over; if that does not, it stays here. */
    public <T> T handOver(Adopter<T> adopter) throws IpcException {
        int fd = detach();
        boolean adopted = false;
        try {
            T handle = adopter.adopt(fd);
            adopted = true;
            return handle;
        } finally {
            if (!adopted) {
                present.set(new Descriptor(KIND, name, fd));
                if (closed) { // meanwhile, when there was nothing to close
                    close();
                }
            }
        }
    }

    /** What it is open on, as in "a socket". */
    public String describe() {
        Descriptor owner = present.get();
        if (owner == null) {
            return "taken";
        }
        try (Descriptor.Loan loan = owner.borrow()) {
            return FileKind.describe(Descriptor.fileMode(loan.fd(), name));
        } catch (IpcException e) {
            return "closed";
        }
    }

    /** Lends the number. */
    public BorrowedDescriptor borrow() throws IpcException {
        return owner("borrow").borrow();
    }

    /** Gives the number away. */
    public int detach() throws IpcException {
        Descriptor owner = owner(DETACH);
        int fd = owner.detach();
        present.set(null);
        return fd;
    }

    /** Idempotent. */
    public void close() throws IpcException {
        closed = true;
        Descriptor owner = present.getAndSet(null);
        if (owner != null) {
            owner.close();
        }
    }

    private Descriptor owner(String operation) throws ClosedException {
        Descriptor owner = present.get();
        if (owner == null) {
            throw new ClosedException(operation, name);
        }
        return owner;
    }
}
