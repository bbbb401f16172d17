// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.pollfd;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/**
 * {@code struct pollfd}: what to wait for.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>
 */
public final class PollFd {

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = pollfd.layout();

    private PollFd() {}

    /**
     * Sets what to wait for.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param fd a descriptor
     * @param events {@code POLL*}
     */
    public static void set(MemorySegment struct, int fd, int events) {
        pollfd.fd(struct, fd);
        pollfd.events(struct, (short) events);
        pollfd.revents(struct, (short) 0);
    }

    /**
     * {@return what has come of it, {@code POLL*}}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static int revents(MemorySegment struct) {
        return pollfd.revents(struct);
    }
}
