// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.foreign.Downcalls;
import io.chagres.posix.gen.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code sys/epoll.h}: waiting for many descriptors.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
 */
public final class Epoll {

    /** Close-on-exec. */
    public static final int EPOLL_CLOEXEC = Linux.EPOLL_CLOEXEC();

    /** Watch one more. */
    public static final int EPOLL_CTL_ADD = Linux.EPOLL_CTL_ADD();

    /** Watch no more. */
    public static final int EPOLL_CTL_DEL = Linux.EPOLL_CTL_DEL();

    /** Change what is watched for. */
    public static final int EPOLL_CTL_MOD = Linux.EPOLL_CTL_MOD();

    /** There is something to read. */
    public static final int EPOLLIN = Linux.EPOLLIN();

    /** There is room to write. */
    public static final int EPOLLOUT = Linux.EPOLLOUT();

    /** An error; always watched for. */
    public static final int EPOLLERR = Linux.EPOLLERR();

    /** A hang-up; always watched for. */
    public static final int EPOLLHUP = Linux.EPOLLHUP();

    /** The peer of a stream socket sends no more. */
    public static final int EPOLLRDHUP = Linux.EPOLLRDHUP();

    /** Fires once, until it is changed. */
    public static final int EPOLLONESHOT = Linux.EPOLLONESHOT();

    private Epoll() {}

    private static final class EpollCreate1 {
        static final MethodHandle HANDLE = Link.common("epoll_create1");
    }

    /**
     * Makes an instance.
     *
     * @param flags {@link #EPOLL_CLOEXEC}
     * @return a descriptor, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/epoll_create.2.html">epoll_create1(2)</a>
     */
    public static int epoll_create1(int flags) {
        return Common.call(EpollCreate1.HANDLE, flags, 0, 0, 0);
    }

    private static final class EpollCtl {
        static final MethodHandle HANDLE = Link.function("epoll_ctl", Linux.epoll_ctl$descriptor());
    }

    /**
     * Adds, changes or removes what is watched. Does not block.
     *
     * @param epfd the instance
     * @param op {@code EPOLL_CTL_*}
     * @param fd a descriptor
     * @param event {@link EpollEvent}, or NULL to delete
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/epoll_ctl.2.html">epoll_ctl(2)</a>
     */
    public static int epoll_ctl(int epfd, int op, int fd, MemorySegment event) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result(
                    (int) EpollCtl.HANDLE.invokeExact(state, epfd, op, fd, event), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class EpollWait {
        static final MethodHandle HANDLE =
                Link.function("epoll_wait", Linux.epoll_wait$descriptor());
    }

    /**
     * Waits for events. Blocks.
     *
     * @param epfd the instance
     * @param events an array of {@link EpollEvent} that is set
     * @param maxevents its length
     * @param timeout milliseconds; -1 without end
     * @return how many events were set, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/epoll_wait.2.html">epoll_wait(2)</a>
     */
    public static int epoll_wait(int epfd, MemorySegment events, int maxevents, int timeout) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result(
                    (int) EpollWait.HANDLE.invokeExact(state, epfd, events, maxevents, timeout),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }
}
