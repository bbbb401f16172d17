// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Epoll;
import io.chagres.posix.EpollEvent;
import io.chagres.posix.Errno;
import io.chagres.posix.Eventfd;
import io.chagres.posix.Unistd;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One epoll instance and the daemon thread that waits for it. Every registration fires once and is
 * armed again by its owner. Events carry the number of the registration, not that of the
 * descriptor, so that one of a descriptor that has been closed and reused finds nobody.
 * Thread-safe.
 */
final class EpollLoop {

    private static final int BATCH = 256;
    private static final long STOP = 0;

    private final int epoll;
    private final int stop;
    private final String name;
    private final Thread thread;
    private final Map<Long, Registration> registrations = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong(STOP);

    /** Held to use the epoll descriptor, so that it is not closed meanwhile. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean stopped;

    /** What is called in the loop's thread when a registration has fired; it must not wait. */
    interface Listener {
        /** It has fired, with these {@code EPOLL*}. */
        void ready(int events) throws Exception;
    }

    private EpollLoop(String name, int epoll, int stop) {
        this.name = name;
        this.epoll = epoll;
        this.stop = stop;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name(name)
                        .inheritInheritableThreadLocals(false)
                        .unstarted(this::run);
    }

    /** The loop for parked virtual threads, which runs for the life of the process. */
    static EpollLoop forParking() throws IpcException {
        Parking.LOCK.lock();
        try {
            EpollLoop present = Parking.loop;
            if (present == null) { // at the next time again, if this fails
                present = open("chagres-parking");
                Parking.loop = present;
            }
            return present;
        } finally {
            Parking.LOCK.unlock();
        }
    }

    private static final class Parking {
        static final ReentrantLock LOCK = new ReentrantLock();
        static @Nullable EpollLoop loop;

        private Parking() {}
    }

    static EpollLoop open(String name) throws IpcException {
        int epoll = Epoll.epoll_create1(Epoll.EPOLL_CLOEXEC);
        if (epoll < 0) {
            throw PosixErrors.exception("epoll_create1", name, epoll);
        }
        int stop = Eventfd.eventfd(0, Eventfd.EFD_CLOEXEC | Eventfd.EFD_NONBLOCK);
        if (stop < 0) {
            Unistd.close(epoll);
            throw PosixErrors.exception("eventfd", name, stop);
        }
        EpollLoop loop = new EpollLoop(name, epoll, stop);
        int result = loop.control(Epoll.EPOLL_CTL_ADD, stop, Epoll.EPOLLIN, STOP);
        if (result < 0) {
            loop.closeDescriptors();
            throw PosixErrors.exception("epoll_ctl", name, result);
        }
        loop.thread.start();
        return loop;
    }

    /** A descriptor that is watched, from its first {@link #arm} on. */
    final class Registration {

        private final int fd;
        private final Listener listener;
        private final Long number = numbers.incrementAndGet();
        private boolean added;
        private boolean over;

        private Registration(int fd, Listener listener) {
            this.fd = fd;
            this.listener = listener;
        }

        /**
         * Has it fire once.
         *
         * @param events {@code EPOLLIN}, {@code EPOLLOUT}
         * @return 0, or the negated errno; {@code -EBADF} after the end of it or of the loop
         */
        int arm(int events) {
            lock.lock();
            try {
                if (over || stopped) {
                    return -Errno.EBADF;
                }
                int operation = added ? Epoll.EPOLL_CTL_MOD : Epoll.EPOLL_CTL_ADD;
                registrations.put(number, this);
                int result = control(operation, fd, events | Epoll.EPOLLONESHOT, number);
                added |= result == 0;
                return result;
            } finally {
                lock.unlock();
            }
        }

        /** Ends it. Idempotent. */
        void cancel() {
            lock.lock();
            try {
                over = true;
                registrations.remove(number);
                if (added && !stopped) {
                    added = false;
                    control(Epoll.EPOLL_CTL_DEL, fd, 0, STOP);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Prepares to watch a descriptor, which must outlive the registration. */
    Registration register(int fd, Listener listener) {
        return new Registration(fd, listener);
    }

    boolean isOwnThread() {
        return thread.equals(Thread.currentThread());
    }

    /** Ends the thread and all registrations. Idempotent. */
    void stop() {
        lock.lock();
        try {
            if (stopped) {
                return;
            }
            stopped = true;
            registrations.clear();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);
                Unistd.write(stop, one.address(), one.byteSize());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the thread has ended, if it is another one. */
    void awaitStopped() throws InterruptedException {
        if (!isOwnThread()) {
            thread.join();
        }
    }

    private int control(int operation, int fd, int events, long data) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(EpollEvent.LAYOUT);
            EpollEvent.events(event, events);
            EpollEvent.data(event, data);
            return Epoll.epoll_ctl(epoll, operation, fd, event);
        }
    }

    private void run() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment events = arena.allocate(EpollEvent.LAYOUT, BATCH);
            while (dispatch(events)) {
                // until stopped
            }
        } finally {
            closeDescriptors();
        }
    }

    private boolean dispatch(MemorySegment events) {
        int count = Epoll.epoll_wait(epoll, events, BATCH, -1);
        for (int i = 0; i < count; i++) {
            MemorySegment event = EpollEvent.at(events, i);
            long number = EpollEvent.data(event);
            if (number == STOP) {
                return false;
            }
            Registration registration = registrations.get(number);
            if (registration != null) {
                call(registration, EpollEvent.events(event));
            }
        }
        return true;
    }

    private void call(Registration registration, int events) {
        try {
            registration.listener.ready(events);
        } catch (Throwable t) { // of a user's callback; the loop must go on for the others
            registration.cancel();
            System.getLogger("io.chagres")
                    .log(Level.WARNING, "a callback of " + name + " failed and was removed", t);
        }
    }

    private void closeDescriptors() {
        Unistd.close(epoll);
        Unistd.close(stop);
    }
}
