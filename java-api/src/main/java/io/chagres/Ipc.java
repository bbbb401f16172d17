// SPDX-License-Identifier: Apache-2.0
package io.chagres;

import io.chagres.internal.posix.PosixSupport;
import java.util.Optional;

/**
 * What holds for every mechanism: the results that are not a count, and what this machine supports.
 */
public final class Ipc {

    /** Result of a read: the peer has closed its end and everything it sent has been read. */
    public static final int EOF = -1;

    /** Result of a timed operation: the timeout elapsed, and nothing was sent or received. */
    public static final int TIMED_OUT = -2;

    /** Result of a try: it would have had to wait, and nothing was sent or received. */
    public static final int WOULD_BLOCK = -3;

    private Ipc() {}

    /**
     * {@return operating system and architecture, such as {@code linux-x86_64} or {@code
     * linux-aarch64}}
     */
    public static String platform() {
        return PosixSupport.platform();
    }

    /**
     * {@return whether a mechanism works here} It is tried, not assumed: a container or an old
     * kernel may refuse what the platform normally has. Costs a few system calls; does not block.
     *
     * @param mechanism what to try
     * @throws IllegalCallerException when native access is not enabled, naming the flag that
     *     enables it
     */
    public static boolean supports(Mechanism mechanism) {
        return whyUnsupported(mechanism).isEmpty();
    }

    /**
     * {@return why {@link #supports} says no; empty when it says yes}
     *
     * @param mechanism what to try
     * @throws IllegalCallerException when native access is not enabled, naming the flag that
     *     enables it
     */
    public static Optional<String> whyUnsupported(Mechanism mechanism) {
        return PosixSupport.whyUnsupported(mechanism);
    }
}
