// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.AccessDeniedException;
import io.chagres.IpcException;
import io.chagres.Mechanism;
import io.chagres.NotFoundException;
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
    private static final String FSOPEN = "fsopen";
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
        int mount = detachedMount();
        if (mount < 0) {
            return entries(usualPlace(mount));
        }
        try {
            return entries(Path.of("/proc/self/fd", String.valueOf(mount)));
        } finally {
            Unistd.close(mount);
        }
    }

    private static Path usualPlace(int refusal) throws IOException {
        if (Files.isDirectory(USUAL_PLACE) && Files.getFileStore(USUAL_PLACE).type().equals(TYPE)) {
            return USUAL_PLACE;
        }
        throw new AccessDeniedException(
                FSOPEN,
                TYPE,
                -refusal,
                Errno.name(-refusal),
                "queues are listed by the mqueue file system, which is not mounted here: "
                        + "mkdir -p /dev/mqueue && mount -t mqueue none /dev/mqueue");
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

    private static Found found(String name, String owner, int permissions) throws IpcException {
        try {
            PosixMessageQueue queue = MessageQueueOpener.open(name, OpenMode.READ_ONLY);
            try {
                return new Found(
                        name, owner, permissions, queue.depth(), queue.messageSize(), queue.size());
            } finally {
                queue.close();
            }
        } catch (AccessDeniedException | NotFoundException e) {
            return new Found(name, owner, permissions, 0, 0, 0); // not ours to open, or gone
        }
    }

    /** A descriptor of the root, or the negated errno of a refusal; it shows this IPC namespace. */
    private static int detachedMount() throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            int context = Mount.fsopen(arena.allocateFrom(TYPE), Mount.FSOPEN_CLOEXEC);
            if (context < 0) {
                return refusal(context);
            }
            try {
                MemorySegment none = MemorySegment.NULL;
                int created = Mount.fsconfig(context, Mount.FSCONFIG_CMD_CREATE, none, none, 0);
                int mount =
                        created < 0 ? created : Mount.fsmount(context, Mount.FSMOUNT_CLOEXEC, 0);
                return mount < 0 ? refusal(mount) : mount;
            } finally {
                Unistd.close(context);
            }
        } catch (UnsatisfiedLinkError e) {
            return -Errno.ENOSYS; // a glibc before 2.36
        }
    }

    /** Passes what means that this process may not, or that the kernel cannot. */
    private static int refusal(int result) throws IpcException {
        if (result == -Errno.EPERM || result == -Errno.EACCES || result == -Errno.ENOSYS) {
            return result;
        }
        throw MessageQueueLimits.failure(FSOPEN, TYPE, result, 0, 0);
    }
}
