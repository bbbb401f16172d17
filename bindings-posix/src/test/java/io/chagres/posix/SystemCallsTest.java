// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.LeakCheck;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files, limits, clocks and ids. */
@Tag("native")
class SystemCallsTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @Test
    void openCreatesWithTheModeAndFstatShowsIt(@TempDir Path folder) throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            Path file = folder.resolve("file");
            MemorySegment path = arena.allocateFrom(file.toString());
            int flags = Fcntl.O_RDWR | Fcntl.O_CREAT | Fcntl.O_EXCL | Fcntl.O_CLOEXEC;
            int fd = Fcntl.open(path, flags, 0600);
            assertThat(fd).isGreaterThan(0);
            assertThat(Unistd.ftruncate(fd, 12_345)).isZero();
            assertThat(Stat.fchmod(fd, 0640)).isZero();
            MemorySegment stat = arena.allocate(Stat.LAYOUT);
            assertThat(Stat.fstat(fd, stat)).isZero();
            assertThat(Stat.st_mode(stat)).isEqualTo(Stat.S_IFREG | 0640);
            assertThat(Stat.st_size(stat)).isEqualTo(12_345);
            assertThat(Stat.st_uid(stat)).isEqualTo(Unistd.geteuid());
            assertThat(Stat.st_gid(stat)).isEqualTo(Unistd.getegid());
            assertThat(Stat.st_ino(stat)).isEqualTo(Files.getAttribute(file, "unix:ino"));
            assertThat(Stat.st_dev(stat)).isEqualTo(Files.getAttribute(file, "unix:dev"));
            assertThat(Unistd.close(fd)).isZero();
            assertThat(Unistd.close(fd)).isEqualTo(-Errno.EBADF);
        }
    }

    @Test
    void noLinkIsFollowedWhenAskedNotTo(@TempDir Path folder) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("target"));
        Files.createFile(folder.resolve("target"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(link.toString());
            assertThat(Fcntl.open(path, Fcntl.O_RDONLY | Fcntl.O_NOFOLLOW, 0))
                    .isEqualTo(-Errno.ELOOP);
            assertThat(Fcntl.open(path, Fcntl.O_RDONLY | Fcntl.O_DIRECTORY, 0))
                    .isEqualTo(-Errno.ENOTDIR);
        }
    }

    @Test
    void aLimitCanBeReadAndSetToWhatItIs() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocate(Rlimit.LAYOUT);
            assertThat(Resource.getrlimit(Resource.RLIMIT_NOFILE, limit)).isZero();
            assertThat(Rlimit.rlim_cur(limit)).isPositive();
            assertThat(Rlimit.rlim_max(limit)).isGreaterThanOrEqualTo(Rlimit.rlim_cur(limit));
            assertThat(Resource.setrlimit(Resource.RLIMIT_NOFILE, limit)).isZero();
            assertThat(Resource.getrlimit(-1, limit)).isEqualTo(-Errno.EINVAL);
        }
    }

    @Test
    void theWallClockIsTheJvms() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(Timespec.LAYOUT);
            long before = System.currentTimeMillis();
            assertThat(Time.clock_gettime(Time.CLOCK_REALTIME, time)).isZero();
            long millis = Timespec.tv_sec(time) * 1000 + Timespec.tv_nsec(time) / 1_000_000;
            assertThat(millis).isBetween(before, System.currentTimeMillis());
        }
    }

    @Test
    void pollWaitsForADescriptorAndNoLongerThanAsked(@TempDir Path folder) throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path =
                    arena.allocateFrom(Files.createFile(folder.resolve("f")).toString());
            int fd = Fcntl.open(path, Fcntl.O_RDWR | Fcntl.O_CLOEXEC, 0);
            MemorySegment poll = arena.allocate(PollFd.LAYOUT);
            PollFd.set(poll, fd, Poll.POLLIN | Poll.POLLOUT);
            assertThat(Poll.ppoll(poll, 1, MemorySegment.NULL, MemorySegment.NULL)).isEqualTo(1);
            assertThat(PollFd.revents(poll)).isEqualTo(Poll.POLLIN | Poll.POLLOUT);
            MemorySegment timeout = arena.allocate(Timespec.LAYOUT);
            Timespec.tv_nsec(timeout, 20_000_000);
            long begin = System.nanoTime();
            assertThat(Poll.ppoll(poll, 0, timeout, MemorySegment.NULL)).isZero();
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(20_000_000);
            assertThat(Unistd.close(fd)).isZero();
        }
    }

    @Test
    void idsAndConstantsAreTheSystems() {
        assertThat(Unistd.getpid()).isEqualTo((int) ProcessHandle.current().pid());
        assertThat(Unistd.sysconf(Unistd._SC_PAGESIZE)).isGreaterThanOrEqualTo(4096);
        assertThat(Unistd.sysconf(-2)).isEqualTo(-1);
    }

    @Test
    void anErrorNumberHasItsNameAndText() {
        assertThat(Errno.name(Errno.EAGAIN)).isEqualTo("EAGAIN");
        assertThat(Errno.name(4095)).isEqualTo("errno 4095");
        assertThat(Errno.text(Errno.ENOENT)).isEqualTo("No such file or directory");
        assertThat(Errno.text(4095)).contains("4095");
    }
}
