// SPDX-License-Identifier: Apache-2.0
package io.chagres.event;

import io.chagres.IpcException;
import io.chagres.internal.posix.PosixPoller;
import java.util.Set;

/**
 * Watches many handles with one thread and calls back when one is ready.
 *
 * <p>A callback is called when its handle is ready, and again as long as it is: it need not take
 * all that is there. It runs on the poller's own thread, one at a time, so it must not wait; it may
 * use the handle, close it, end any registration, or close the poller. A callback that throws is
 * reported to the logger {@code io.chagres} and its registration is ended; the others go on.
 *
 * <p>It is a thing of its own and cannot join a {@link java.nio.channels.Selector}: that takes
 * channels of its own provider only, and the JDK gives out neither their descriptors nor its epoll
 * instance. So channels of the JDK cannot be registered here, and handles of Chagres cannot be
 * registered there. Another event loop that can watch a descriptor, in this process or in another,
 * is woken with an {@link EventFd}:
 *
 * <pre>{@code
 * EventFd wakeUp = EventFd.create(); // whose descriptor the other loop watches
 * poller.register(orders, Set.of(Readiness.READABLE), ready -> {
 *     take(orders, queue);
 *     wakeUp.add(1);
 * });
 * }</pre>
 *
 * <p>Thread-safe. Each open poller has one daemon thread and two descriptors.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
 */
public interface Poller extends AutoCloseable {

    /** What is called when a handle is ready. */
    @FunctionalInterface
    interface Callback {
        /**
         * Called on the poller's thread.
         *
         * @param ready what the handle is ready for, at least one thing
         * @throws Exception which is reported, and ends the registration
         */
        void ready(Set<Readiness> ready) throws Exception;
    }

    /** A handle that is watched. */
    interface Registration extends AutoCloseable {
        /**
         * Ends it: no callback begins any more after this returns, though one may be running in the
         * poller's thread. Ended too when the handle or the poller is closed. Idempotent; does not
         * block.
         */
        @Override
        void close();
    }

    /**
     * Opens a poller.
     *
     * @return a new poller
     * @throws io.chagres.LimitExceededException when this process can open nothing more
     * @throws IpcException when it fails for another reason
     * @throws UnsupportedOperationException where the platform has none
     */
    static Poller open() throws IpcException {
        return PosixPoller.open();
    }

    /**
     * {@return the poller that is shared by the whole process} It is opened at the first call, and
     * {@link #close} does nothing to it.
     *
     * @throws IpcException as {@link #open} does
     * @throws UnsupportedOperationException where the platform has none
     */
    static Poller shared() throws IpcException {
        return PosixPoller.shared();
    }

    /**
     * Watches a handle.
     *
     * @param source an open handle; a handle may be registered any number of times
     * @param interest what to wait for; a hang-up is told in any case
     * @param callback what to call
     * @return the registration
     * @throws IllegalArgumentException when the interest is empty
     * @throws io.chagres.ClosedException when the handle or the poller is closed
     * @throws IpcException when it fails; a handle of which one cannot wait for readiness is {@code
     *     EPERM}
     */
    Registration register(Pollable source, Set<Readiness> interest, Callback callback)
            throws IpcException;

    /**
     * Ends all registrations and the thread. The handles stay open. Idempotent. Waits for a
     * callback that runs, unless it is called by that; so two pollers whose callbacks close each
     * other wait for ever.
     */
    @Override
    void close();
}
