// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.PerArchitecture;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code sys/ioctl.h}: what has no call of its own. */
public final class Ioctl {

    /** How many bytes can be read: an {@code int}; differs between architectures. */
    public static final long FIONREAD = PerArchitecture.FIONREAD(Platform.architecture());

    /** The id of this machine among virtual ones, of {@code /dev/vsock}: an {@code int}. */
    public static final long IOCTL_VM_SOCKETS_GET_LOCAL_CID =
            PerArchitecture.IOCTL_VM_SOCKETS_GET_LOCAL_CID(Platform.architecture());

    private static final MethodHandle HANDLE = Link.common("ioctl");

    private Ioctl() {}

    /**
     * The forms of {@code ioctl} whose argument is the address of something.
     *
     * @param fd a descriptor
     * @param request one of those here
     * @param argument what it asks for
     * @return what the request returns, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/ioctl.2.html">ioctl(2)</a>
     */
    public static int ioctl(int fd, long request, MemorySegment argument) {
        return Common.call(HANDLE, fd, request, argument.address(), 0, argument);
    }
}
