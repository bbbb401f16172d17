// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The bare calls on files without a name, FIFOs, space, and file systems. */
@Tag("native")
class FilesTest {

    private static final String SHM = "/dev/shm";

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @Test
    void aFileWithoutANameGetsOneWhenItIsReady() {
        try (Arena arena = Arena.ofConfined()) {
            int fd = unnamed(arena);
            assertThat(names(arena, fd)).isZero();
            MemorySegment self = arena.allocateFrom("/proc/self/fd/" + fd);
            MemorySegment name = arena.allocateFrom(SHM + TestNames.posix());
            assertThat(link(self, name)).isZero();
            assertThat(names(arena, fd)).isEqualTo(1);
            assertThat(link(self, name)).isEqualTo(-Errno.EEXIST);
            assertThat(Unistd.unlink(name)).isZero();
            assertThat(Unistd.unlink(name)).isEqualTo(-Errno.ENOENT);
            assertThat(names(arena, fd)).isZero();
            assertThat(Unistd.close(fd)).isZero();
        }
    }

    @Test
    void spaceIsReservedAndGivenBack() {
        try (Arena arena = Arena.ofConfined()) {
            int fd = unnamed(arena);
            long page = Unistd.sysconf(Unistd._SC_PAGESIZE);
            assertThat(Fcntl.posix_fallocate(fd, 0, 2 * page)).isZero();
            MemorySegment stat = arena.allocate(Stat.LAYOUT);
            assertThat(Stat.fstat(fd, stat)).isZero();
            assertThat(Stat.st_size(stat)).isEqualTo(2 * page);
            assertThat(Stat.st_blocks(stat) * 512).isEqualTo(2 * page);
            int hole = Fcntl.FALLOC_FL_PUNCH_HOLE | Fcntl.FALLOC_FL_KEEP_SIZE;
            assertThat(Fcntl.fallocate(fd, hole, 0, page)).isZero();
            assertThat(Stat.fstat(fd, stat)).isZero();
            assertThat(Stat.st_size(stat)).isEqualTo(2 * page);
            assertThat(Stat.st_blocks(stat) * 512).isEqualTo(page);
            assertThat(Fcntl.fallocate(fd, hole, 0, 0)).isEqualTo(-Errno.EINVAL);
            assertThat(Fcntl.posix_fallocate(fd, 0, -1)).isEqualTo(-Errno.EINVAL);
            assertThat(Unistd.close(fd)).isZero();
        }
    }

    @Test
    void aFifoIsMadeWithItsModeAndRemoved(@TempDir Path folder) {
        try (Arena arena = Arena.ofConfined()) {
            int directory = open(arena, folder);
            MemorySegment name = arena.allocateFrom("fifo");
            assertThat(Stat.mkfifoat(directory, name, 0600)).isZero();
            assertThat(Stat.mkfifoat(directory, name, 0600)).isEqualTo(-Errno.EEXIST);
            MemorySegment stat = arena.allocate(Stat.LAYOUT);
            assertThat(Stat.fstatat(directory, name, stat, Fcntl.AT_SYMLINK_NOFOLLOW)).isZero();
            assertThat(Stat.st_mode(stat)).isEqualTo(Stat.S_IFIFO | 0600);
            assertThat(Stat.st_nlink(stat)).isEqualTo(1);
            int flags = Fcntl.O_WRONLY | Fcntl.O_NONBLOCK | Fcntl.O_CLOEXEC;
            assertThat(Fcntl.openat(directory, name, flags, 0)).isEqualTo(-Errno.ENXIO);
            assertThat(Unistd.unlinkat(directory, name, 0)).isZero();
            assertThat(Stat.fstatat(directory, name, stat, 0)).isEqualTo(-Errno.ENOENT);
            assertThat(Unistd.close(directory)).isZero();
        }
    }

    @Test
    void aLinkIsSeenItselfOrWhatItNames(@TempDir Path folder) throws Exception {
        Files.createSymbolicLink(folder.resolve("link"), Files.createFile(folder.resolve("file")));
        try (Arena arena = Arena.ofConfined()) {
            int directory = open(arena, folder);
            MemorySegment name = arena.allocateFrom("link");
            MemorySegment stat = arena.allocate(Stat.LAYOUT);
            assertThat(Stat.fstatat(directory, name, stat, 0)).isZero();
            assertThat(Stat.st_mode(stat) & Stat.S_IFMT).isEqualTo(Stat.S_IFREG);
            assertThat(Stat.fstatat(directory, name, stat, Fcntl.AT_SYMLINK_NOFOLLOW)).isZero();
            assertThat(Stat.st_mode(stat) & Stat.S_IFMT).isEqualTo(Stat.S_IFLNK);
            MemorySegment empty = arena.allocateFrom("");
            assertThat(Stat.fstatat(directory, empty, stat, Fcntl.AT_EMPTY_PATH)).isZero();
            assertThat(Stat.st_mode(stat) & Stat.S_IFMT).isEqualTo(Stat.S_IFDIR);
            assertThat(Unistd.close(directory)).isZero();
        }
    }

    @Test
    void theFileSystemOfSharedMemoryIsTmpfs() {
        try (Arena arena = Arena.ofConfined()) {
            int fd = unnamed(arena);
            MemorySegment open = arena.allocate(Statfs.LAYOUT);
            assertThat(Statfs.fstatfs(fd, open)).isZero();
            assertThat(Statfs.f_type(open)).isEqualTo(Statfs.TMPFS_MAGIC);
            assertThat(Statfs.f_bsize(open)).isEqualTo(Unistd.sysconf(Unistd._SC_PAGESIZE));
            assertThat(Statfs.f_bavail(open)).isBetween(0L, Statfs.f_blocks(open));
            MemorySegment named = arena.allocate(Statfs.LAYOUT);
            assertThat(Statfs.statfs(arena.allocateFrom(SHM), named)).isZero();
            assertThat(Statfs.f_type(named)).isEqualTo(Statfs.TMPFS_MAGIC);
            assertThat(Statfs.f_blocks(named)).isEqualTo(Statfs.f_blocks(open));
            assertThat(Statfs.fstatfs(-1, open)).isEqualTo(-Errno.EBADF);
            assertThat(Statfs.HUGETLBFS_MAGIC).isEqualTo(0x958458f6L);
            assertThat(Unistd.close(fd)).isZero();
        }
    }

    @Test
    void aNameMayBeAsLongAsTheLimitSays(@TempDir Path folder) {
        try (Arena arena = Arena.ofConfined()) {
            int directory = open(arena, folder);
            String longest = "n".repeat(Limits.NAME_MAX);
            assertThat(Stat.mkfifoat(directory, arena.allocateFrom(longest), 0600)).isZero();
            assertThat(Stat.mkfifoat(directory, arena.allocateFrom(longest + "n"), 0600))
                    .isEqualTo(-Errno.ENAMETOOLONG);
            String path = "./".repeat(Limits.PATH_MAX / 2);
            assertThat(Stat.mkfifoat(directory, arena.allocateFrom(path), 0600))
                    .isEqualTo(-Errno.ENAMETOOLONG);
            assertThat(Unistd.unlinkat(directory, arena.allocateFrom(longest), 0)).isZero();
            assertThat(Unistd.close(directory)).isZero();
        }
    }

    private static int unnamed(Arena arena) {
        int flags = Fcntl.O_TMPFILE | Fcntl.O_RDWR | Fcntl.O_CLOEXEC;
        int fd = Fcntl.openat(Fcntl.AT_FDCWD, arena.allocateFrom(SHM), flags, 0600);
        assertThat(fd).isGreaterThan(0);
        return fd;
    }

    private static int open(Arena arena, Path folder) {
        int flags = Fcntl.O_RDONLY | Fcntl.O_DIRECTORY | Fcntl.O_CLOEXEC;
        int fd = Fcntl.openat(Fcntl.AT_FDCWD, arena.allocateFrom(folder.toString()), flags, 0);
        assertThat(fd).isGreaterThan(0);
        return fd;
    }

    private static int link(MemorySegment from, MemorySegment to) {
        int here = Fcntl.AT_FDCWD;
        return Unistd.linkat(here, from, here, to, Fcntl.AT_SYMLINK_FOLLOW);
    }

    private static long names(Arena arena, int fd) {
        MemorySegment stat = arena.allocate(Stat.LAYOUT);
        assertThat(Stat.fstat(fd, stat)).isZero();
        return Stat.st_nlink(stat);
    }
}
