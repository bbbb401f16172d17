// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.Linux;
import java.lang.invoke.MethodHandle;

/** {@code sys/eventfd.h}: a counter that can be waited for. */
public final class Eventfd {

    /** Close-on-exec. */
    public static final int EFD_CLOEXEC = Linux.EFD_CLOEXEC();

    /** A read of zero fails with {@code EAGAIN}. */
    public static final int EFD_NONBLOCK = Linux.EFD_NONBLOCK();

    /** A read takes one. */
    public static final int EFD_SEMAPHORE = Linux.EFD_SEMAPHORE();

    private Eventfd() {}

    private static final class EventfdCall {
        static final MethodHandle HANDLE = Link.common("eventfd");
    }

    /**
     * Makes a counter.
     *
     * @param initval the counter at first
     * @param flags {@code EFD_*}
     * @return a descriptor, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/eventfd.2.html">eventfd(2)</a>
     */
    public static int eventfd(int initval, int flags) {
        return Common.call(EventfdCall.HANDLE, initval, flags, 0, 0);
    }
}
