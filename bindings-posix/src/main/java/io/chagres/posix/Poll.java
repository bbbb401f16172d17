// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.foreign.Downcalls;
import io.chagres.posix.gen.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code poll.h}: waiting until a descriptor is ready. */
public final class Poll {

    /** There is something to receive. */
    public static final int POLLIN = Linux.POLLIN();

    /** There is room to send. */
    public static final int POLLOUT = Linux.POLLOUT();

    /** An error; reported whether asked for or not. */
    public static final int POLLERR = Linux.POLLERR();

    /** The other end is closed; reported whether asked for or not. */
    public static final int POLLHUP = Linux.POLLHUP();

    /** The other end sends no more. */
    public static final int POLLRDHUP = Linux.POLLRDHUP();

    private static final class Ppoll {
        static final MethodHandle HANDLE = Link.function("ppoll", Linux.ppoll$descriptor());
    }

    private Poll() {}

    /**
     * Waits until one of several descriptors is ready, on the monotonic clock.
     *
     * @param descriptors an array of {@link PollFd}, of which {@code revents} is set
     * @param count its length
     * @param timeout {@link Timespec} from now, or NULL to wait without end
     * @param signals a {@code sigset_t} to block meanwhile, or NULL
     * @return how many are ready, 0 after the timeout, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">ppoll(2)</a>
     */
    public static int ppoll(
            MemorySegment descriptors, long count, MemorySegment timeout, MemorySegment signals) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result(
                    (int) Ppoll.HANDLE.invokeExact(state, descriptors, count, timeout, signals),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }
}
