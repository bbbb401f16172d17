// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.event.Pollable;
import io.chagres.event.Poller;
import io.chagres.event.Readiness;
import io.chagres.posix.Epoll;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** {@link Poller} on an epoll instance of its own. */
public final class PosixPoller implements Poller {

    private static final String NAME = "chagres-poller";
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable PosixPoller theShared;

    private final EpollLoop loop;
    private final boolean shared;

    private PosixPoller(EpollLoop loop, boolean shared) {
        this.loop = loop;
        this.shared = shared;
    }

    /** Opens one of the caller's own. */
    public static PosixPoller open() throws IpcException {
        PosixSupport.requirePlatform(NAME);
        return new PosixPoller(EpollLoop.open(NAME), false);
    }

    /** The one of the process. */
    public static PosixPoller shared() throws IpcException {
        PosixSupport.requirePlatform(NAME);
        LOCK.lock();
        try {
            PosixPoller present = theShared;
            if (present == null) {
                present = new PosixPoller(EpollLoop.open(NAME), true);
                theShared = present;
            }
            return present;
        } finally {
            LOCK.unlock();
        }
    }

    @Override
    public Registration register(Pollable source, Set<Readiness> interest, Callback callback)
            throws IpcException {
        Objects.requireNonNull(callback, "callback");
        if (interest.isEmpty()) {
            throw new IllegalArgumentException("the interest is empty");
        }
        try (BorrowedDescriptor borrowed = source.borrow()) {
            Watch watch = new Watch(borrowed, events(interest), callback);
            watch.begin();
            return watch;
        }
    }

    private static int events(Set<Readiness> interest) {
        return (interest.contains(Readiness.READABLE) ? Epoll.EPOLLIN : 0)
                | (interest.contains(Readiness.WRITABLE) ? Epoll.EPOLLOUT : 0)
                | Epoll.EPOLLRDHUP;
    }

    @Override
    public void close() {
        if (shared) {
            return;
        }
        loop.stop();
        try {
            loop.awaitStopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the thread ends all the same
        }
    }

    /**
     * One registration: fires, calls back, and is armed again. It has a duplicate of the
     * descriptor: so a handle can have many, which epoll would refuse for one number, and it does
     * not matter when a foreign source closes its own.
     */
    private final class Watch implements Registration, EpollLoop.Listener {

        private final String name;
        private final @Nullable Descriptor owner;
        private final int events;
        private final Callback callback;
        private final int duplicate;
        private final EpollLoop.Registration registration;

        Watch(BorrowedDescriptor borrowed, int events, Callback callback) throws IpcException {
            this.owner = borrowed instanceof Descriptor.Loan loan ? loan.descriptor() : null;
            this.name = owner != null ? owner.name() : "descriptor " + borrowed.fd();
            this.events = events;
            this.callback = callback;
            this.duplicate = Fcntl.fcntl(borrowed.fd(), Fcntl.F_DUPFD_CLOEXEC, 0);
            if (duplicate < 0) {
                throw PosixErrors.exception("fcntl", name, duplicate);
            }
            this.registration = loop.register(duplicate, this);
        }

        void begin() throws IpcException {
            if (owner != null) {
                owner.watchedBy(registration);
            }
            int result = registration.arm(events);
            if (result < 0) {
                close();
                throw result == EpollLoop.Registration.OVER
                        ? new ClosedException("register", NAME)
                        : PosixErrors.exception("epoll_ctl", name, result);
            }
        }

        @Override
        public void ready(int happened) throws Exception {
            callback.ready(readiness(happened));
            if (registration.arm(events) == EpollLoop.Registration.OVER) {
                registration.cancel(); // the poller was closed while this was called
            }
        }

        @Override
        public void ended() {
            if (owner != null) {
                owner.watchedNoMoreBy(registration);
            }
            Unistd.close(duplicate);
        }

        @Override
        public void close() {
            registration.cancel();
        }
    }

    private static Set<Readiness> readiness(int events) {
        Set<Readiness> ready = EnumSet.noneOf(Readiness.class);
        if ((events & Epoll.EPOLLIN) != 0) {
            ready.add(Readiness.READABLE);
        }
        if ((events & Epoll.EPOLLOUT) != 0) {
            ready.add(Readiness.WRITABLE);
        }
        if ((events & (Epoll.EPOLLHUP | Epoll.EPOLLERR | Epoll.EPOLLRDHUP)) != 0) {
            ready.add(Readiness.HANG_UP);
        }
        return ready;
    }
}
