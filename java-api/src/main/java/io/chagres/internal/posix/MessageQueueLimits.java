// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Resource;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.util.Optional;

/** Which limit kept a queue from being opened: the error numbers alone mislead. */
final class MessageQueueLimits {

    private static final int HARD_DEPTH = 65_536;
    private static final int HARD_MESSAGE_SIZE = 16 * 1024 * 1024;

    private MessageQueueLimits() {}

    /**
     * The exception for a failed call, which names the limit if it was one.
     *
     * @param result what the call returned
     * @param depth asked for; 0 when none was
     * @param messageSize asked for; 0 when none was
     */
    static IpcException failure(
            String operation, String object, int result, int depth, int messageSize) {
        Optional<Limit> limit = behind(result, depth, messageSize);
        return limit.isPresent()
                ? PosixErrors.limit(operation, object, result, limit.get())
                : PosixErrors.exception(operation, object, result);
    }

    /**
     * The limit behind a failed mq_open, if it was one.
     *
     * @param result what mq_open returned
     * @param depth asked for; 0 when none was
     * @param messageSize asked for; 0 when none was
     */
    static Optional<Limit> behind(int result, int depth, int messageSize) {
        int errno = -result;
        if (errno == Errno.EMFILE) {
            return Optional.of(descriptorsExhausted() ? openFiles() : queueBytes());
        }
        if (errno == Errno.ENFILE) {
            return Optional.of(Limit.sysctl("fs.file-max"));
        }
        if (errno == Errno.ENOSPC) {
            return Optional.of(Limit.sysctl("fs.mqueue.queues_max"));
        }
        if (errno == Errno.EINVAL || errno == Errno.EOVERFLOW) {
            return attributes(depth, messageSize);
        }
        return Optional.empty();
    }

    private static Limit openFiles() {
        return Limit.rlimit("RLIMIT_NOFILE", Resource.RLIMIT_NOFILE, "n");
    }

    private static Limit queueBytes() {
        return Limit.rlimit("RLIMIT_MSGQUEUE", Resource.RLIMIT_MSGQUEUE, "q");
    }

    /** mq_open says EMFILE for both limits; a descriptor of another kind tells which. */
    private static boolean descriptorsExhausted() {
        try (Arena arena = Arena.ofConfined()) {
            int fd = Fcntl.open(arena.allocateFrom("/"), Fcntl.O_PATH | Fcntl.O_CLOEXEC, 0);
            if (fd >= 0) {
                Unistd.close(fd);
            }
            return fd == -Errno.EMFILE;
        }
    }

    private static Optional<Limit> attributes(int depth, int messageSize) {
        Limit depthLimit = Limit.sysctl("fs.mqueue.msg_max");
        if (depth > HARD_DEPTH || exceeds(depth, depthLimit)) {
            return Optional.of(capped(depth, HARD_DEPTH, depthLimit));
        }
        Limit sizeLimit = Limit.sysctl("fs.mqueue.msgsize_max");
        if (messageSize > HARD_MESSAGE_SIZE || exceeds(messageSize, sizeLimit)) {
            return Optional.of(capped(messageSize, HARD_MESSAGE_SIZE, sizeLimit));
        }
        return Optional.empty();
    }

    private static boolean exceeds(int asked, Limit limit) {
        return limit.value() >= 0 && asked > limit.value();
    }

    /** What is beyond the kernel's own ceiling cannot be raised by anything. */
    private static Limit capped(int asked, int ceiling, Limit limit) {
        if (asked <= ceiling) {
            return limit;
        }
        return new Limit(limit.name(), limit.value(), "the kernel allows at most " + ceiling);
    }
}
