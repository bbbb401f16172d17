// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.OpenMode;
import io.chagres.posix.Fcntl;

/** What a file is open for, as the flags of {@code open}. */
final class FileFlags {

    private FileFlags() {}

    static int of(OpenMode mode) {
        return switch (mode) {
            case READ_ONLY -> Fcntl.O_RDONLY;
            case WRITE_ONLY -> Fcntl.O_WRONLY;
            case READ_WRITE -> Fcntl.O_RDWR;
        };
    }

    /** Of an open descriptor. */
    static OpenMode mode(int fd, String name) throws IpcException {
        int flags = Fcntl.fcntl(fd, Fcntl.F_GETFL, 0);
        if (flags < 0) {
            throw PosixErrors.exception("fcntl", name, flags);
        }
        int access = flags & Fcntl.O_ACCMODE;
        if (access == Fcntl.O_RDWR) {
            return OpenMode.READ_WRITE;
        }
        return access == Fcntl.O_WRONLY ? OpenMode.WRITE_ONLY : OpenMode.READ_ONLY;
    }
}
