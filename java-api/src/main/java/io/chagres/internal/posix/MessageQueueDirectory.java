// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.AccessDeniedException;
import io.chagres.IpcException;
import io.chagres.Mechanism;
import io.chagres.OpenMode;
import io.chagres.posix.Errno;
import io.chagres.posix.Mount;
import io.chagres.posix.Unistd;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The queues that exist. The kernel lists them only as files of the mqueue file system, which often
 * is mounted nowhere; a privileged process then looks at it through a mount that is attached
 * nowhere.
 */
public final class MessageQueueDirectory {

    private static final Path USUAL_PLACE = Path.of("/dev/mqueue");
    private static final String TYPE = "mqueue";
    private static final int PERMISSION_BITS = 0777;

    /**
     * A queue.
     *
     * @param depth 0 when this process may not open the queue, as are the two after it
     */
    public record Found(
            String name, String owner, int permissions, int depth, int messageSize, int size) {}

    private MessageQueueDirectory() {}

    /** All queues, by name. */
    public static List<Found> list() throws IOException {
        PosixSupport.require(Mechanism.POSIX_MQ);
        if (Files.isDirectory(USUAL_PLACE) && Files.getFileStore(USUAL_PLACE).type().equals(TYPE)) {
            return entries(USUAL_PLACE);
        }
        int mount = detachedMount();
        try {
            return entries(Path.of("/proc/self/fd", String.valueOf(mount)));
        } finally {
            Unistd.close(mount);
        }
    }

    private static List<Found> entries(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.sorted().toList();
        }
        List<Found> entries = new ArrayList<>();
        for (Path file : files) {
            entry(file).ifPresent(entries::add);
        }
        return entries;
    }

    /** Empty when the queue was unlinked since it was listed. */
    private static Optional<Found> entry(Path file) throws IOException {
        String name = "/" + file.getFileName();
        try {
            Map<String, Object> found =
                    Files.readAttributes(file, "unix:mode,owner", LinkOption.NOFOLLOW_LINKS);
            int mode = (Integer) Objects.requireNonNull(found.get("mode"));
            String owner = String.valueOf(found.get("owner"));
            return Optional.of(found(name, owner, mode & PERMISSION_BITS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Found found(String name, String owner, int permissions) {
        try {
            PosixMessageQueue queue = MessageQueueOpener.open(name, OpenMode.READ_ONLY);
            try {
                return new Found(
                        name, owner, permissions, queue.depth(), queue.messageSize(), queue.size());
            } finally {
                queue.close();
            }
        } catch (IpcException e) {
            return new Found(name, owner, permissions, 0, 0, 0); // not ours to open, or gone
        }
    }

    private static int detachedMount() throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            int context =
                    check("fsopen", Mount.fsopen(arena.allocateFrom(TYPE), Mount.FSOPEN_CLOEXEC));
            try {
                MemorySegment none = MemorySegment.NULL;
                check(
                        "fsconfig",
                        Mount.fsconfig(context, Mount.FSCONFIG_CMD_CREATE, none, none, 0));
                return check("fsmount", Mount.fsmount(context, Mount.FSMOUNT_CLOEXEC, 0));
            } finally {
                Unistd.close(context);
            }
        } catch (UnsatisfiedLinkError e) {
            throw notMounted("fsopen", -Errno.ENOSYS);
        }
    }

    private static int check(String operation, int result) throws IpcException {
        if (result < 0) {
            throw notMounted(operation, result);
        }
        return result;
    }

    private static IpcException notMounted(String operation, int result) {
        return new AccessDeniedException(
                operation,
                TYPE,
                -result,
                Errno.name(-result),
                "queues are listed by the mqueue file system, which is not mounted here: "
                        + "mkdir -p /dev/mqueue && mount -t mqueue none /dev/mqueue");
    }
}
