// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Epoll;
import io.chagres.posix.EpollEvent;
import io.chagres.posix.Eventfd;
import io.chagres.posix.Unistd;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
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

    /** Those that are armed; who is not is held by its owner alone. */
    private final Map<Long, Registration> armed = new ConcurrentHashMap<>();

    private final AtomicLong numbers = new AtomicLong(STOP);

    /** Held to use the epoll descriptor, so that it is not closed meanwhile. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean stopped;

    /** What is called in the loop's thread when a registration has fired; it must not wait. */
    interface Listener {
        /** It has fired, with these {@code EPOLL*}. */
        void ready(int events) throws Exception;

        /** The registration has ended. */
        void ended();
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
        boolean started = false;
        try {
            int result = loop.control(Epoll.EPOLL_CTL_ADD, stop, Epoll.EPOLLIN, STOP);
            if (result < 0) {
                throw PosixErrors.exception("epoll_ctl", name, result);
            }
            loop.thread.start();
            started = true;
            return loop;
        } catch (OutOfMemoryError e) {
            throw PosixErrors.noThread("epoll_create1", name, e);
        } finally {
            if (!started) {
                loop.closeDescriptors();
            }
        }
    }

    /** A descriptor that is watched, from its first {@link #arm} to its end. */
    final class Registration {

        /** What {@link #arm} returns after the end of it or of the loop. */
        static final int OVER = Integer.MIN_VALUE;

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
         * @return 0, the negated errno, or {@link #OVER}
         */
        int arm(int events) {
            lock.lock();
            try {
                if (over || stopped) {
                    return OVER;
                }
                int operation = added ? Epoll.EPOLL_CTL_MOD : Epoll.EPOLL_CTL_ADD;
                armed.put(number, this);
                int result = control(operation, fd, events | Epoll.EPOLLONESHOT, number);
                added |= result == 0;
                if (result < 0) {
                    armed.remove(number);
                }
                return result;
            } finally {
                lock.unlock();
            }
        }

        /** Nobody is interested for now: should it fire still, nobody is told. */
        void disarm() {
            armed.remove(number);
        }

        boolean isOver() {
            lock.lock();
            try {
                return over || stopped;
            } finally {
                lock.unlock();
            }
        }

        /** Ends it: the listener is not called any more. Idempotent. */
        void cancel() {
            lock.lock();
            try {
                if (over) {
                    return;
                }
                over = true;
                armed.remove(number);
                if (added && !stopped) {
                    control(Epoll.EPOLL_CTL_DEL, fd, 0, STOP);
                }
            } finally {
                lock.unlock();
            }
            listener.ended();
        }

        /** In the loop's thread: once this is begun, an end comes after it. */
        private boolean begin() {
            lock.lock();
            try {
                armed.remove(number);
                return !over && !stopped;
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
        List<Registration> ended;
        lock.lock();
        try {
            if (stopped) {
                return;
            }
            stopped = true;
            ended = List.copyOf(armed.values());
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);
                Unistd.write(stop, one.address(), one.byteSize());
            }
        } finally {
            lock.unlock();
        }
        ended.forEach(Registration::cancel);
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
            long number = EpollEvent.dataAt(events, i);
            if (number == STOP) {
                return false;
            }
            Registration registration = armed.get(number);
            if (registration != null && registration.begin()) {
                call(registration, EpollEvent.eventsAt(events, i));
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
        Thread.interrupted(); // which one of them may have left behind for the next
    }

    private void closeDescriptors() {
        Unistd.close(epoll);
        Unistd.close(stop);
    }
}
