// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.internal.Deadline;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Poll;
import io.chagres.posix.PollFd;
import io.chagres.posix.Stat;
import io.chagres.posix.Unistd;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An open descriptor that this process owns: the one place where they are kept and closed. */
final class Descriptor extends Handle {

    private static final int NONE = -1;

    /** How often a sender looks by itself whether it can go on. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    private final int fd;

    private boolean looksAgain;

    /** What watches it, and must let go of it before its number is free. */
    private final Set<EpollLoop.Registration> watched = ConcurrentHashMap.newKeySet();

    private final AtomicReference<@Nullable ReadinessGate> gate = new AtomicReference<>();

    /** A second descriptor of the same object, which does not wait; -1 until it is needed. */
    private final AtomicInteger twin = new AtomicInteger(NONE);

    /**
     * @param kind of the handle, for reports
     * @param name of the object, for errors
     * @param fd that is open, close-on-exec, and from now on owned by this
     */
    Descriptor(String kind, String name, int fd) {
        super(kind, name);
        this.fd = fd;
    }

    /**
     * Looks at a number that is to be adopted.
     *
     * @return what errors call it
     * @throws IllegalArgumentException when it is negative
     * @throws IpcException when nothing is open under it, or not for use
     */
    static String requireNumber(int fd) throws IpcException {
        if (fd < 0) {
            throw new IllegalArgumentException("descriptor " + fd + " is negative");
        }
        String name = "descriptor " + fd;
        int flags = Fcntl.fcntl(fd, Fcntl.F_GETFL, 0);
        if (flags < 0) {
            throw PosixErrors.exception("fcntl", name, flags);
        }
        if ((flags & Fcntl.O_PATH) != 0) {
            throw new IpcException("adopt", name, 0, "", "it is open as a path only (O_PATH)");
        }
        return name;
    }

    /** For a descriptor that is adopted, when it is certain that it is what it should be. */
    static void closeOnExec(int fd, String name) throws IpcException {
        int result = Fcntl.fcntl(fd, Fcntl.F_SETFD, Fcntl.FD_CLOEXEC);
        if (result < 0) {
            throw PosixErrors.exception("fcntl", name, result);
        }
    }

    /** The number, for who is inside. */
    int fd() {
        return fd;
    }

    /** Kind and permissions ({@code st_mode}), for who is inside or has not given it out yet. */
    static int fileMode(int fd, String name) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stat = arena.allocate(Stat.LAYOUT);
            int result = Stat.fstat(fd, stat);
            if (result < 0) {
                throw PosixErrors.exception("fstat", name, result);
            }
            return Stat.st_mode(stat);
        }
    }

    /**
     * A second descriptor of the same object, whose calls fail rather than wait: the flag for that
     * belongs to what is open, and the first one may be shared with others. It is closed with this;
     * until then it counts as one more opener. For who is inside.
     *
     * @param access {@code O_RDONLY} or {@code O_WRONLY}
     * @return its number, or the negated errno
     */
    int nonBlockingTwin(int access) {
        int present = twin.get();
        if (present != NONE) {
            return present;
        }
        int opened = OpenFile.again(fd, access | Fcntl.O_NONBLOCK);
        if (opened < 0 || twin.compareAndSet(NONE, opened)) {
            return opened;
        }
        Unistd.close(opened);
        return twin.get();
    }

    /**
     * Has senders who wait look from time to time: that the peer or another thread has ended a
     * direction makes a full socket neither writable nor hung up.
     */
    void lookAgain() {
        looksAgain = true;
    }

    /** Gives the number to the caller, who must close it; the handle is closed. */
    int detach() throws ClosedException {
        detach("detach");
        return fd;
    }

    /** Lends the number: it stays open until that is given back. */
    Loan borrow() throws ClosedException {
        enter("borrow");
        return new Loan();
    }

    /** A descriptor that is lent. */
    final class Loan implements BorrowedDescriptor {

        private final AtomicBoolean over = new AtomicBoolean();

        private Loan() {}

        Descriptor descriptor() {
            return Descriptor.this;
        }

        @Override
        public int fd() {
            if (over.get()) {
                throw new IllegalStateException("given back already");
            }
            return fd;
        }

        @Override
        public void close() {
            if (over.compareAndSet(false, true)) {
                try {
                    leave();
                } catch (IpcException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** For a registration that must end before the number is free. The caller is inside. */
    void watchedBy(EpollLoop.Registration registration) {
        watched.add(registration);
    }

    /** For a registration that has ended before. */
    void watchedNoMoreBy(EpollLoop.Registration registration) {
        watched.remove(registration);
    }

    @Override
    boolean park(BlockingCall call) throws IpcException, InterruptedException {
        long until = look(call);
        return gate().await(call.direction(), until, call.operation())
                || (until != call.deadline() && call.mayGoOn());
    }

    /** The end of a wait: a call's deadline, or when to look again. */
    private long look(BlockingCall call) {
        if (!looksAgain || call.direction() != BlockingCall.WRITE) {
            return call.deadline();
        }
        boolean near = Deadline.remainingNanos(call.deadline()) <= LOOK_NANOS;
        return near ? call.deadline() : System.nanoTime() + LOOK_NANOS;
    }

    @Override
    void passOn(int direction) {
        ReadinessGate present = gate.get();
        if (present != null) {
            present.passOn(direction);
        }
    }

    @Override
    void wakeParked() {
        ReadinessGate present = gate.get();
        if (present != null) {
            present.wakeAll();
        }
    }

    @Override
    void block(BlockingCall call) throws IpcException {
        MemorySegment poll = call.arguments().pollFd();
        boolean reads = call.direction() == BlockingCall.READ;
        PollFd.set(poll, fd, reads ? Poll.POLLIN : Poll.POLLOUT);
        long until = look(call);
        MemorySegment timeout =
                until == Deadline.NEVER
                        ? MemorySegment.NULL
                        : call.arguments().interval(Deadline.remainingNanos(until));
        int result = Poll.ppoll(poll, 1, timeout, MemorySegment.NULL);
        if (result < 0 && result != -Errno.EINTR) {
            throw failure("ppoll", result);
        }
    }

    @Override
    void forget() {
        for (EpollLoop.Registration each : watched) {
            each.cancel();
        }
        watched.clear();
        int second = twin.getAndSet(NONE);
        if (second != NONE) {
            Unistd.close(second);
        }
    }

    @Override
    void release() throws IpcException {
        int result = Unistd.close(fd);
        if (result < 0 && result != -Errno.EINTR) { // which on Linux has closed it all the same
            throw failure("close", result);
        }
    }

    private ReadinessGate gate() {
        ReadinessGate present = gate.get();
        if (present == null) {
            ReadinessGate made = new ReadinessGate(this);
            ReadinessGate witness = gate.compareAndExchange(null, made);
            present = witness == null ? made : witness;
        }
        return present;
    }
}
