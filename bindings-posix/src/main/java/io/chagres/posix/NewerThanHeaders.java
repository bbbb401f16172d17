// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

/**
 * Constants that the headers of the build machine are too old to have, so that jextract cannot give
 * them. Each names the header and the kernel it came with; the ABI probe compares those that the
 * headers it meets do have.
 */
final class NewerThanHeaders {

    /** {@code linux/memfd.h}, Linux 6.3; an older kernel answers {@code EINVAL}. */
    static final int MFD_NOEXEC_SEAL = 0x0008;

    /** {@code linux/fcntl.h}, Linux 6.3; an older kernel answers {@code EINVAL}. */
    static final int F_SEAL_EXEC = 0x0020;

    /** {@code asm/socket.h}, Linux 6.5; an older kernel answers {@code ENOPROTOOPT}. */
    static final int SO_PEERPIDFD = 77;

    /** {@code linux/socket.h} of the kernel, Linux 6.5; comes only when it was asked for. */
    static final int SCM_PIDFD = 4;

    private NewerThanHeaders() {}
}
