// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.AccessDeniedException;
import io.chagres.IpcException;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Stat;
import io.chagres.posix.Unistd;
import io.chagres.socket.LocalName;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a user's local servers, which nobody else can enter. What is there is looked at
 * before it is trusted: another user may have made a directory of that name first. Once it is the
 * user's own, and nobody else may write to it or rename it, it stays what it was.
 */
final class UserDirectory {

    private static final String OPEN = "open";
    private static final int OWNER_ONLY = 0700;
    private static final int OTHERS = 0077;
    private static final int OTHERS_WRITE = 0022;

    private final @Nullable String runtimeDirectory;
    private final String temporaryDirectory;
    private final int uid;

    /** Of this process's user. */
    UserDirectory() {
        this(System.getenv("XDG_RUNTIME_DIR"), "/tmp", Unistd.geteuid());
    }

    UserDirectory(@Nullable String runtimeDirectory, String temporaryDirectory, int uid) {
        this.runtimeDirectory = runtimeDirectory;
        this.temporaryDirectory = temporaryDirectory;
        this.uid = uid;
    }

    /**
     * Finds the directory, and makes it if it is not there.
     *
     * @throws AccessDeniedException when what is there cannot be trusted
     */
    String create() throws IpcException {
        String path = path();
        try {
            var ownerOnly = PosixFilePermissions.fromString("rwx------");
            Files.createDirectory(Path.of(path), PosixFilePermissions.asFileAttribute(ownerOnly));
        } catch (FileAlreadyExistsException e) {
            // which is looked at below
        } catch (NoSuchFileException e) {
            throw PosixErrors.exception("mkdir", path, -Errno.ENOENT);
        } catch (java.nio.file.AccessDeniedException e) {
            throw PosixErrors.exception("mkdir", path, -Errno.EACCES);
        } catch (IOException e) {
            IpcException failure = new IpcException("mkdir", path, 0, "", "" + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
        return verified(path);
    }

    /**
     * Finds the directory.
     *
     * @throws io.chagres.NotFoundException when it is not there
     * @throws AccessDeniedException when what is there cannot be trusted
     */
    String find() throws IpcException {
        return verified(path());
    }

    private String path() throws IpcException {
        String runtime = runtimeDirectory;
        if (runtime != null && isUsable(runtime)) {
            return runtime + "/chagres";
        }
        requireNoRenaming();
        return temporaryDirectory + "/chagres-" + Integer.toUnsignedString(uid);
    }

    private boolean isUsable(String runtime) throws IpcException {
        int length = runtime.getBytes(StandardCharsets.UTF_8).length;
        if (!runtime.startsWith("/") || length > LocalName.MAX_RUNTIME_DIRECTORY) {
            return false;
        }
        int fd = open(runtime);
        if (fd < 0) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            return whyRefused(stat(fd, runtime, arena)).isEmpty();
        } finally {
            Unistd.close(fd);
        }
    }

    /** Whoever may write to a directory without the sticky bit may rename what is in it. */
    private void requireNoRenaming() throws IpcException {
        int fd = open(temporaryDirectory);
        if (fd < 0) {
            throw PosixErrors.exception(OPEN, temporaryDirectory, fd);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stat = stat(fd, temporaryDirectory, arena);
            int mode = Stat.st_mode(stat);
            int owner = Stat.st_uid(stat);
            boolean shared = (mode & OTHERS_WRITE) != 0 && (mode & Stat.S_ISVTX) == 0;
            if (shared || (owner != 0 && owner != uid)) {
                throw refused(temporaryDirectory, "others may rename what is in it");
            }
        } finally {
            Unistd.close(fd);
        }
    }

    private String verified(String path) throws IpcException {
        int fd = open(path);
        if (fd == -Errno.ELOOP || fd == -Errno.ENOTDIR) {
            throw refused(path, "it is no directory, or a symbolic link");
        }
        if (fd < 0) {
            throw PosixErrors.exception(OPEN, path, fd);
        }
        try (Arena arena = Arena.ofConfined()) {
            String why = whyRefused(stat(fd, path, arena));
            if (!why.isEmpty()) {
                throw refused(path, why);
            }
            Permissions.widen(fd, path, OWNER_ONLY); // what the umask took from the owner
            return path;
        } finally {
            Unistd.close(fd);
        }
    }

    private static int open(String path) {
        try (Arena arena = Arena.ofConfined()) {
            int flags = Fcntl.O_PATH | Fcntl.O_DIRECTORY | Fcntl.O_NOFOLLOW | Fcntl.O_CLOEXEC;
            return Fcntl.open(arena.allocateFrom(path), flags, 0);
        }
    }

    private static MemorySegment stat(int fd, String path, Arena arena) throws IpcException {
        MemorySegment stat = arena.allocate(Stat.LAYOUT);
        int result = Stat.fstat(fd, stat);
        if (result < 0) {
            throw PosixErrors.exception("fstat", path, result);
        }
        return stat;
    }

    private String whyRefused(MemorySegment stat) {
        if (Stat.st_uid(stat) != uid) {
            return "it belongs to user " + Integer.toUnsignedString(Stat.st_uid(stat));
        }
        return (Stat.st_mode(stat) & OTHERS) != 0 ? "others than its owner may enter it" : "";
    }

    private static AccessDeniedException refused(String path, String why) {
        return new AccessDeniedException(
                OPEN,
                path,
                Errno.EACCES,
                Errno.name(Errno.EACCES),
                why + "; set XDG_RUNTIME_DIR to a directory of your own");
    }
}
