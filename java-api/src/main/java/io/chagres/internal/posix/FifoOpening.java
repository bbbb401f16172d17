// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Poll;
import io.chagres.posix.PollFd;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The opening of a FIFO, which waits for the peer to open the other end. */
final class FifoOpening extends Opening {

    private static final String OPEN = "open";

    private final int path;

    /**
     * @param name of the FIFO
     * @param path a descriptor of it, open with {@code O_PATH}, which stays the caller's
     */
    FifoOpening(String name, int path) {
        super("Fifo", name);
        this.path = path;
    }

    /**
     * Opens one end.
     *
     * @param access {@code O_RDONLY} or {@code O_WRONLY}
     * @return the descriptor, or the negated errno {@code EAGAIN} or {@code EINTR} when there was
     *     no peer by the deadline
     */
    int open(int access, long deadline) throws IpcException, InterruptedException {
        BlockingCall call = BlockingCall.enter(this, OPEN, BlockingCall.READ, deadline);
        try {
            if (mayWaitInSystem(call)) {
                return openBlocking(call, access);
            }
            return access == Fcntl.O_WRONLY ? openSink(call) : openSource(call);
        } finally {
            call.leave();
        }
    }

    private int openBlocking(BlockingCall call, int access)
            throws IpcException, InterruptedException {
        int result;
        do {
            result = OpenFile.again(path, access);
        } while (result < 0 && call.again(result));
        return result;
    }

    private int openSink(BlockingCall call) throws IpcException, InterruptedException {
        int result;
        do {
            result = OpenFile.again(path, Fcntl.O_WRONLY | Fcntl.O_NONBLOCK);
            if (result == -Errno.ENXIO) {
                result = -Errno.EAGAIN; // no reader yet
            }
        } while (result < 0 && call.again(result));
        return result < 0 ? result : blocking(result);
    }

    /** Is open at once, and lets writers in; then waits for one. */
    private int openSource(BlockingCall call) throws IpcException, InterruptedException {
        int fd;
        do {
            fd = OpenFile.again(path, Fcntl.O_RDONLY | Fcntl.O_NONBLOCK);
        } while (fd < 0 && call.again(fd));
        boolean opened = false;
        try {
            int result = fd < 0 ? fd : awaitWriter(call, fd);
            opened = result == 0;
            return opened ? blocking(fd) : result;
        } finally {
            if (!opened && fd >= 0) {
                Unistd.close(fd);
            }
        }
    }

    private int awaitWriter(BlockingCall call, int fd) throws IpcException, InterruptedException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment probe = arena.allocate(ValueLayout.JAVA_INT, 2);
            int result = Unistd.pipe2(probe, Fcntl.O_CLOEXEC | Fcntl.O_NONBLOCK);
            if (result < 0) {
                throw failure("pipe2", result);
            }
            int unread = probe.getAtIndex(ValueLayout.JAVA_INT, 0);
            int copy = probe.getAtIndex(ValueLayout.JAVA_INT, 1);
            try {
                do {
                    result = hasWriter(call, fd, copy) ? 0 : -Errno.EAGAIN;
                } while (result < 0 && call.again(result));
                return result;
            } finally {
                Unistd.close(unread);
                Unistd.close(copy);
            }
        }
    }

    /**
     * Whether a writer is there, or was since this end was opened. A copy of the first byte tells
     * the former and takes nothing: it would have to wait, or there is one. Hang-up tells the
     * latter.
     */
    private static boolean hasWriter(BlockingCall call, int fd, int copy) {
        if (Fcntl.tee(fd, copy, 1, Fcntl.SPLICE_F_NONBLOCK) != 0) {
            return true;
        }
        MemorySegment poll = call.arguments().pollFd();
        PollFd.set(poll, fd, Poll.POLLIN);
        MemorySegment atOnce = call.arguments().interval(0);
        return Poll.ppoll(poll, 1, atOnce, MemorySegment.NULL) > 0;
    }

    /** The descriptor is nobody else's yet. */
    private int blocking(int fd) throws IpcException {
        int result = Fcntl.fcntl(fd, Fcntl.F_SETFL, 0);
        if (result < 0) {
            Unistd.close(fd);
            throw failure("fcntl", result);
        }
        return fd;
    }
}
