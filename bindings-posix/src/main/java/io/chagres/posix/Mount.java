// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code sys/mount.h}: a file system that is mounted nowhere, seen through a descriptor alone.
 * Needs {@code CAP_SYS_ADMIN} and glibc 2.36.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/fsopen.2.html">fsopen(2)</a>
 */
public final class Mount {

    /** Close in a new program. */
    public static final int FSOPEN_CLOEXEC = Linux.FSOPEN_CLOEXEC();

    /** Create the file system. */
    public static final int FSCONFIG_CMD_CREATE = Linux.FSCONFIG_CMD_CREATE();

    /** Close in a new program. */
    public static final int FSMOUNT_CLOEXEC = Linux.FSMOUNT_CLOEXEC();

    private Mount() {}

    private static final class Fsopen {
        static final MethodHandle HANDLE = Link.common("fsopen");
    }

    /**
     * Begins to configure a file system.
     *
     * @param type a C string such as {@code mqueue}
     * @param flags {@code FSOPEN_*}
     * @return a descriptor, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/fsopen.2.html">fsopen(2)</a>
     */
    public static int fsopen(MemorySegment type, int flags) {
        return Common.call(Fsopen.HANDLE, type.address(), flags, 0, 0, type);
    }

    private static final class Fsconfig {
        static final MethodHandle HANDLE = Link.common("fsconfig");
    }

    /**
     * Configures or creates it.
     *
     * @param fd what {@link #fsopen} returned
     * @param command {@code FSCONFIG_*}
     * @param key a C string, or NULL
     * @param value NULL, or as the command asks
     * @param auxiliary as the command asks
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/fsconfig.2.html">fsconfig(2)</a>
     */
    public static int fsconfig(
            int fd, int command, MemorySegment key, MemorySegment value, int auxiliary) {
        return Common.call(
                Fsconfig.HANDLE,
                fd,
                command,
                key.address(),
                value.address(),
                auxiliary,
                0,
                key,
                value);
    }

    private static final class Fsmount {
        static final MethodHandle HANDLE = Link.common("fsmount");
    }

    /**
     * Makes a mount that is attached nowhere.
     *
     * @param fd what {@link #fsopen} returned
     * @param flags {@code FSMOUNT_*}
     * @param attributes {@code MOUNT_ATTR_*}, 0 for none
     * @return a descriptor of its root, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/fsmount.2.html">fsmount(2)</a>
     */
    public static int fsmount(int fd, int flags, int attributes) {
        return Common.call(Fsmount.HANDLE, fd, flags, attributes, 0);
    }
}
