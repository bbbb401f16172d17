// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;

/** The limits of pipes, whose error numbers tell little. */
final class PipeLimits {

    private static final String MAX_SIZE = "fs.pipe-max-size";
    private static final String USER_SOFT = "fs.pipe-user-pages-soft";
    private static final String USER_HARD = "fs.pipe-user-pages-hard";

    private PipeLimits() {}

    /**
     * Sets the capacity of an open pipe or FIFO.
     *
     * @return what it has got
     */
    static int setCapacity(int fd, String name, int capacity) throws IpcException {
        int result = Fcntl.fcntl(fd, Fcntl.F_SETPIPE_SZ, capacity);
        if (result == -Errno.EPERM) {
            Limit size = Limit.sysctl(MAX_SIZE);
            boolean ofUser = size.value() >= 0 && capacity <= size.value();
            throw PosixErrors.limit("fcntl", name, result, ofUser ? Limit.sysctl(USER_SOFT) : size);
        }
        if (result == -Errno.EBUSY) {
            throw new IpcException(
                    "fcntl",
                    name,
                    Errno.EBUSY,
                    Errno.name(Errno.EBUSY),
                    "more is in the pipe than a capacity of " + capacity + " bytes holds");
        }
        if (result < 0) {
            throw PosixErrors.exception("fcntl", name, result);
        }
        return result;
    }

    /** The exception for a pipe that could not be opened. */
    static IpcException openFailure(String name, int result) {
        if (result == -Errno.ENFILE) { // said of the whole machine's files as well
            Limit ofUser = Limit.sysctl(USER_HARD);
            if (ofUser.value() > 0) {
                return PosixErrors.limit("pipe2", name, result, ofUser);
            }
        }
        return PosixErrors.exception("pipe2", name, result);
    }
}
