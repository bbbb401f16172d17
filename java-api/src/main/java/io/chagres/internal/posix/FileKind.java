// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Stat;

/** What kind of object a file is. */
final class FileKind {

    private FileKind() {}

    /** Whether it is a FIFO or pipe. */
    static boolean isFifo(int mode) {
        return (mode & Stat.S_IFMT) == Stat.S_IFIFO;
    }

    /** Refuses what is no FIFO or pipe, saying what it is. */
    static void requireFifo(String operation, String name, int mode) throws IpcException {
        if (!isFifo(mode)) {
            throw new IpcException(
                    operation, name, 0, "", "it is " + describe(mode) + " and not a FIFO");
        }
    }

    private static String describe(int mode) {
        int kind = mode & Stat.S_IFMT;
        if (kind == Stat.S_IFLNK) {
            return "a symbolic link, which is not followed,";
        }
        if (kind == Stat.S_IFREG) {
            return "a regular file";
        }
        if (kind == Stat.S_IFDIR) {
            return "a directory";
        }
        if (kind == Stat.S_IFSOCK) {
            return "a socket";
        }
        return kind == Stat.S_IFCHR || kind == Stat.S_IFBLK ? "a device" : "something else";
    }
}
