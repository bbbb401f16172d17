// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Stat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Permissions of files that have been created. */
final class Permissions {

    private static final int ALL = 0777;

    private Permissions() {}

    /**
     * What the umask took is given back, through a descriptor of the file: by the time its name may
     * mean something else.
     *
     * @param fd open on the file, also with {@code O_PATH}
     */
    static void widen(int fd, String name, int permissions) throws IpcException {
        if ((Descriptor.fileMode(fd, name) & ALL) == permissions) {
            return;
        }
        try {
            Files.setPosixFilePermissions(Path.of("/proc/self/fd/" + fd), set(permissions));
        } catch (IOException e) {
            IpcException failure =
                    new IpcException("chmod", name, 0, "", String.valueOf(e.getMessage()));
            failure.initCause(e);
            throw failure;
        }
    }

    /** The constants are in the order of the bits, from the highest down. */
    private static Set<PosixFilePermission> set(int permissions) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        int bit = Stat.S_IRUSR;
        for (PosixFilePermission each : PosixFilePermission.values()) {
            if ((permissions & bit) != 0) {
                set.add(each);
            }
            bit >>= 1;
        }
        return set;
    }
}
