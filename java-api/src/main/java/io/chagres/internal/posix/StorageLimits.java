// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.LimitExceededException;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Resource;
import io.chagres.posix.Stat;
import io.chagres.posix.Statfs;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds out which limit it was that shared memory ran into. */
final class StorageLimits {

    private static final String DIRECTORY = NamelessFile.DIRECTORY;

    /**
     * A file system.
     *
     * @param shared whether files in it are shared memory
     * @param huge whether it is one of huge pages
     * @param blockSize bytes; of huge pages, those of one
     * @param bounded whether it has a size of its own, besides the machine's memory
     * @param free bytes, if it is bounded
     * @param named whether it is the one of named objects
     */
    record FileSystem(
            boolean shared,
            boolean huge,
            long blockSize,
            boolean bounded,
            long free,
            boolean named) {

        static FileSystem of(int fd, String name) throws IpcException {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment statfs = arena.allocate(Statfs.LAYOUT);
                int result = Statfs.fstatfs(fd, statfs);
                if (result < 0) {
                    throw PosixErrors.exception("fstatfs", name, result);
                }
                long type = Statfs.f_type(statfs);
                boolean huge = type == Statfs.HUGETLBFS_MAGIC;
                long blockSize = Statfs.f_bsize(statfs);
                return new FileSystem(
                        huge || type == Statfs.TMPFS_MAGIC,
                        huge,
                        blockSize,
                        Statfs.f_blocks(statfs) > 0,
                        Statfs.f_bavail(statfs) * blockSize,
                        FileId.of(fd, name).device() == deviceOfNamed());
            }
        }
    }

    private StorageLimits() {}

    /** -1 when there is no such directory. */
    private static long deviceOfNamed() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stat = arena.allocate(Stat.LAYOUT);
            MemorySegment path = arena.allocateFrom(DIRECTORY);
            return Stat.fstatat(Fcntl.AT_FDCWD, path, stat, 0) < 0 ? -1 : Stat.st_dev(stat);
        }
    }

    /**
     * Refuses before the attempt what would start by driving everything else out of memory: the
     * kernel allocates as long as it can, and kills processes for more.
     */
    static void requireRoom(int fd, String name, long bytes) throws IpcException {
        FileSystem system = FileSystem.of(fd, name);
        if (system.huge) {
            return; // these are counted before they are handed out
        }
        Limit limit = system.bounded ? freeSpace(system) : availableMemory();
        if (limit.value() >= 0 && bytes > limit.value()) {
            throw PosixErrors.limit("posix_fallocate", name, -Errno.ENOSPC, limit);
        }
    }

    /** The exception for a failed change of the size. */
    static IpcException failure(String operation, int fd, String name, int result)
            throws IpcException {
        if (result == -Errno.ENOSPC || result == -Errno.ENOMEM || result == -Errno.EFBIG) {
            return PosixErrors.limit(operation, name, result, storage(fd, name, result));
        }
        return PosixErrors.exception(operation, name, result);
    }

    private static Limit storage(int fd, String name, int result) throws IpcException {
        Limit fileSize = Limit.rlimit("RLIMIT_FSIZE", Resource.RLIMIT_FSIZE, "f");
        if (result == -Errno.EFBIG && fileSize.value() >= 0) {
            return fileSize;
        }
        FileSystem system = FileSystem.of(fd, name);
        if (system.huge) {
            return hugePages();
        }
        return system.bounded ? freeSpace(system) : availableMemory();
    }

    /**
     * The exception for memory that could not be faulted in, for want of room in the file system.
     */
    static LimitExceededException prefault(int fd, String name, int result) throws IpcException {
        return PosixErrors.limit("madvise", name, result, storage(fd, name, -Errno.ENOSPC));
    }

    /** The exception for a mapping that failed for want of something. */
    static LimitExceededException mapping(String name, int result, boolean huge) {
        if (huge) {
            return PosixErrors.limit("mmap", name, result, hugePages());
        }
        if (result == -Errno.EAGAIN) { // of a process that has all its memory locked
            return PosixErrors.limit("mmap", name, result, lockedMemory());
        }
        Limit maps = Limit.sysctl("vm.max_map_count");
        if (maps.value() >= 0 && mapCount() >= maps.value()) {
            return PosixErrors.limit("mmap", name, result, maps);
        }
        Limit space = Limit.rlimit("RLIMIT_AS", Resource.RLIMIT_AS, "v");
        return PosixErrors.limit(
                "mmap",
                name,
                result,
                space.value() >= 0
                        ? space
                        : new Limit("address space of the process", -1, "map less at once"));
    }

    /** How much a process may lock. */
    static Limit lockedMemory() {
        return Limit.rlimit("RLIMIT_MEMLOCK", Resource.RLIMIT_MEMLOCK, "l");
    }

    /** Files of /dev/shm; the system call does not tell their number. */
    static Limit files() {
        return new Limit(
                "number of files in " + DIRECTORY,
                -1,
                "raise it with mount -o remount,nr_inodes=N " + DIRECTORY);
    }

    static Limit hugePages() {
        return Limit.sysctl("vm.nr_hugepages");
    }

    private static Limit freeSpace(FileSystem system) {
        String where = system.named ? DIRECTORY : "its file system";
        return new Limit(
                "free space of " + where,
                system.free,
                "raise it with mount -o remount,size=N " + (system.named ? DIRECTORY : "there"));
    }

    /** What the kernel thinks that it could still give, swapping included. */
    private static Limit availableMemory() {
        long bytes = -1;
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/meminfo"));
            bytes = (kibibytes(lines, "MemAvailable:") + kibibytes(lines, "SwapFree:")) << 10;
        } catch (IOException | NumberFormatException e) {
            // a container without it: nothing is refused beforehand
        }
        return new Limit("available memory of the machine", bytes, "free some, or add swap");
    }

    private static long kibibytes(List<String> lines, String field) {
        for (String line : lines) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.substring(field.length()).replaceAll("[^0-9]", ""));
            }
        }
        throw new NumberFormatException("no " + field);
    }

    private static long mapCount() {
        try {
            return Files.readAllLines(Path.of("/proc/self/maps")).size();
        } catch (IOException e) {
            return 0;
        }
    }
}
