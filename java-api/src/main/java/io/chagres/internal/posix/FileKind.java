// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Errno;
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

    /** What it is, as in "it is a socket". */
    static String describe(int mode) {
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
        if (kind == Stat.S_IFIFO) {
            return "a FIFO or pipe";
        }
        return kind == Stat.S_IFCHR || kind == Stat.S_IFBLK ? "a device" : "something else";
    }

    /** The exception for an open of a regular file that failed, which tells what is in the way. */
    static IpcException openFailure(String operation, String name, int result) {
        String why = "";
        if (result == -Errno.ELOOP) {
            why = "a symbolic link has that name, and is not followed";
        } else if (result == -Errno.EISDIR) {
            why = "a directory has that name";
        } else if (result == -Errno.ENXIO) {
            why = "a socket or a FIFO has that name";
        }
        return why.isEmpty()
                ? PosixErrors.exception(operation, name, result)
                : new IpcException(
                        operation,
                        name,
                        -result,
                        Errno.name(-result),
                        Errno.text(-result) + "; " + why);
    }
}
