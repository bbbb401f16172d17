// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.AccessDeniedException;
import io.chagres.AlreadyExistsException;
import io.chagres.IpcException;
import io.chagres.LimitExceededException;
import io.chagres.NotFoundException;
import io.chagres.PeerGoneException;
import io.chagres.internal.JfrEvents;
import io.chagres.posix.Errno;
import io.chagres.posix.Resource;
import java.util.Set;

/** Turns error numbers into exceptions: the one place that does. */
final class PosixErrors {

    private static final Set<Integer> LIMITS =
            Set.of(Errno.ENOSPC, Errno.ENOMEM, Errno.EDQUOT, Errno.ENOBUFS);

    private static final Set<Integer> PEER_GONE =
            Set.of(Errno.EPIPE, Errno.ECONNRESET, Errno.ECONNREFUSED);

    private PosixErrors() {}

    /**
     * The exception for a failed call.
     *
     * @param operation the C function
     * @param object what it was applied to
     * @param result what it returned: the negated errno
     * @throws UnsupportedOperationException instead, when the kernel lacks the call
     */
    static IpcException exception(String operation, String object, int result) {
        int errno = -result;
        String symbol = Errno.name(errno);
        String text = Errno.text(errno);
        JfrEvents.failure(operation, object, symbol);
        if (errno == Errno.ENOSYS) {
            throw new UnsupportedOperationException(operation + ": " + symbol + " (" + text + ")");
        }
        if (errno == Errno.EEXIST || errno == Errno.EADDRINUSE) {
            return new AlreadyExistsException(operation, object, errno, symbol, text);
        }
        if (errno == Errno.ENOENT) {
            return new NotFoundException(operation, object, errno, symbol, text);
        }
        if (errno == Errno.EACCES || errno == Errno.EPERM) {
            return new AccessDeniedException(operation, object, errno, symbol, text);
        }
        if (PEER_GONE.contains(errno)) {
            return new PeerGoneException(operation, object, errno, symbol, text, 0);
        }
        if (errno == Errno.EMFILE) {
            return limit(
                    operation,
                    object,
                    result,
                    Limit.rlimit("RLIMIT_NOFILE", Resource.RLIMIT_NOFILE, "n"));
        }
        if (errno == Errno.ENFILE) {
            return limit(operation, object, result, Limit.sysctl("fs.file-max"));
        }
        if (LIMITS.contains(errno)) {
            return new LimitExceededException(operation, object, errno, symbol, text, "", -1);
        }
        return new IpcException(operation, object, errno, symbol, text);
    }

    /** What a call failed with, for a reason rather than an exception. */
    static String reason(String operation, int result) {
        return operation + ": " + Errno.name(-result) + " (" + Errno.text(-result) + ")";
    }

    /** The exception for a call that hit a limit which is known. */
    static LimitExceededException limit(String operation, String object, int result, Limit limit) {
        int errno = -result;
        String detail = Errno.text(errno) + "; " + limit.describe();
        return new LimitExceededException(
                operation, object, errno, Errno.name(errno), detail, limit.name(), limit.value());
    }

    /**
     * The exception for a thread that the system has no room for, which the JVM tells as an error.
     */
    static LimitExceededException noThread(String operation, String object, OutOfMemoryError e) {
        return new LimitExceededException(
                operation,
                object,
                0,
                "",
                "a thread of the library cannot be started: "
                        + e.getMessage()
                        + "; raise the number of threads (ulimit -u, or the container's pids limit)",
                "RLIMIT_NPROC",
                Limit.rlimit("RLIMIT_NPROC", Resource.RLIMIT_NPROC, "u").value());
    }
}
