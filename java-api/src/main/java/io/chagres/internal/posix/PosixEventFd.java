// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.posix.Errno;
import io.chagres.posix.Eventfd;
import io.chagres.posix.Poll;
import io.chagres.posix.PollFd;
import io.chagres.posix.Syscalls;
import io.chagres.posix.Uio;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A counter of the kernel. Its descriptor blocks, for the flag would be that of others too who
 * share it, and it cannot be opened once more: so what must not wait looks first, where the kernel
 * takes no flag for the one call. Thread-safe.
 */
public final class PosixEventFd {

    private static final String WHAT = "eventfd";
    private static final String READ = "read";
    private static final String WRITE = "write";
    private static final long SIZE = ValueLayout.JAVA_LONG.byteSize();
    private static final long NO_OFFSET = -1;

    private final Descriptor descriptor;
    private final EventFdCount count;

    /** Until the kernel has said otherwise; it knows the flag for reading only, since Linux 5.8. */
    private volatile boolean readsKnowNoWait;

    private volatile boolean writesKnowNoWait;

    /**
     * @param knowsNoWait false to do without the flag from the begin
     */
    PosixEventFd(Descriptor descriptor, boolean knowsNoWait) {
        this.descriptor = descriptor;
        this.count = new EventFdCount(descriptor.fd());
        this.readsKnowNoWait = knowsNoWait;
        this.writesKnowNoWait = knowsNoWait;
    }

    /** Makes one, with an unsigned {@code int} in it. */
    public static PosixEventFd create(int initial, boolean semaphore) throws IpcException {
        return create(initial, semaphore, true);
    }

    static PosixEventFd create(int initial, boolean semaphore, boolean knowsNoWait)
            throws IpcException {
        PosixSupport.requirePlatform(WHAT);
        int flags = Eventfd.EFD_CLOEXEC | (semaphore ? Eventfd.EFD_SEMAPHORE : 0);
        int fd = Eventfd.eventfd(initial, flags);
        if (fd < 0) {
            throw PosixErrors.exception(WHAT, WHAT, fd);
        }
        return new PosixEventFd(new Descriptor("EventFd", WHAT, fd), knowsNoWait);
    }

    /** Takes one over that is open. */
    public static PosixEventFd adopt(int fd) throws IpcException {
        PosixSupport.requirePlatform(WHAT);
        String name = Descriptor.requireNumber(fd);
        if (!OpenFile.describe(fd).equals("anon_inode:[eventfd]")) {
            String what = "it is " + FileKind.describe(Descriptor.fileMode(fd, name));
            throw new IpcException("adopt", name, 0, "", what + " and not an eventfd");
        }
        Descriptor.closeOnExec(fd, name);
        return new PosixEventFd(new Descriptor("EventFd", name, fd), true);
    }

    /**
     * Takes the count, or one of it.
     *
     * @return it, unsigned; 0 when there was none by the deadline
     */
    public long take(long deadline) throws IpcException, InterruptedException {
        BlockingCall call = BlockingCall.enter(descriptor, READ, BlockingCall.READ, deadline);
        try {
            MemorySegment value = call.arguments().counter();
            long result;
            do {
                result =
                        call.blocksWithoutEnd()
                                ? Syscalls.read(call.state(), descriptor.fd(), value, SIZE)
                                : readWithoutBlocking(call, value);
            } while (result < 0 && call.again(result));
            return result < 0 ? 0 : value.get(ValueLayout.JAVA_LONG, 0);
        } finally {
            call.leave();
        }
    }

    private long readWithoutBlocking(BlockingCall call, MemorySegment value) {
        if (readsKnowNoWait) {
            MemorySegment iovec = call.arguments().iovec(value.address(), SIZE);
            int fd = descriptor.fd();
            long result = Uio.preadv2(fd, iovec, 1, NO_OFFSET, Uio.RWF_NOWAIT, value);
            if (result != -Errno.EOPNOTSUPP) {
                return result;
            }
            readsKnowNoWait = false;
        }
        return isReady(call, Poll.POLLIN)
                ? Syscalls.read(call.state(), descriptor.fd(), value, SIZE)
                : -Errno.EAGAIN;
    }

    /**
     * Adds to the count.
     *
     * @return false when there was no room by the deadline
     */
    public boolean add(long added, long deadline) throws IpcException, InterruptedException {
        BlockingCall call = BlockingCall.enter(descriptor, WRITE, BlockingCall.WRITE, deadline);
        try {
            MemorySegment value = call.arguments().counter();
            value.set(ValueLayout.JAVA_LONG, 0, added);
            long result = write(call, value, added);
            while (result < 0 && result != -Errno.EAGAIN && call.again(result)) {
                result = write(call, value, added);
            }
            if (result == -Errno.EAGAIN && !call.isTry()) {
                result = writeWhenThereIsRoom(call, value, added);
            }
            return result >= 0;
        } finally {
            call.leave();
        }
    }

    /** Readiness tells no more than that there is room for one. */
    private long writeWhenThereIsRoom(BlockingCall call, MemorySegment value, long added)
            throws IpcException, InterruptedException {
        Backoff backoff = new Backoff();
        long result = -Errno.EAGAIN;
        while (result < 0 && (result == -Errno.EAGAIN ? call.mayGoOn() : call.again(result))) {
            backoff.pause(call.deadline());
            result = call.mayGoOn() ? write(call, value, added) : -Errno.EAGAIN;
        }
        return result;
    }

    private long write(BlockingCall call, MemorySegment value, long added) {
        return call.blocksWithoutEnd()
                ? Syscalls.write(call.state(), descriptor.fd(), value, SIZE)
                : writeWithoutBlocking(call, value, added);
    }

    private long writeWithoutBlocking(BlockingCall call, MemorySegment value, long added) {
        if (writesKnowNoWait) {
            MemorySegment iovec = call.arguments().iovec(value.address(), SIZE);
            int fd = descriptor.fd();
            long result = Uio.pwritev2(fd, iovec, 1, NO_OFFSET, Uio.RWF_NOWAIT, value);
            if (result != -Errno.EOPNOTSUPP) {
                return result;
            }
            writesKnowNoWait = false;
        }
        boolean room =
                added == 0
                        || (isReady(call, Poll.POLLOUT) && (added == 1 || count.hasRoomFor(added)));
        return room ? Syscalls.write(call.state(), descriptor.fd(), value, SIZE) : -Errno.EAGAIN;
    }

    private boolean isReady(BlockingCall call, int events) {
        MemorySegment poll = call.arguments().pollFd();
        PollFd.set(poll, descriptor.fd(), events);
        return Poll.ppoll(poll, 1, call.arguments().interval(0), MemorySegment.NULL) > 0;
    }

    /** What errors call it. */
    public String name() {
        return descriptor.name();
    }

    /** Lends the descriptor. */
    public BorrowedDescriptor borrow() throws IpcException {
        return descriptor.borrow();
    }

    /** Gives the descriptor away. */
    public int detach() throws IpcException {
        return descriptor.detach();
    }

    /** Idempotent; wakes the callers inside. */
    public void close() throws IpcException {
        descriptor.close();
    }
}
