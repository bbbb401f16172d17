// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.LeakCheck;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bare calls on pipes. */
@Tag("native")
class PipesTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @Test
    void whatIsWrittenIsRead() {
        try (Arena arena = Arena.ofConfined()) {
            int[] pipe = pipe(arena);
            MemorySegment out = arena.allocateFrom("hello");
            MemorySegment in = arena.allocate(16);
            assertThat(Unistd.write(pipe[1], out.address(), 6)).isEqualTo(6);
            assertThat(Unistd.read(pipe[0], in.address(), 16)).isEqualTo(6);
            assertThat(in.getString(0)).isEqualTo("hello");
            assertThat(Unistd.close(pipe[1])).isZero();
            assertThat(Unistd.read(pipe[0], in.address(), 16)).isZero();
            assertThat(Unistd.close(pipe[0])).isZero();
            assertThat(Unistd.read(pipe[0], in.address(), 16)).isEqualTo(-Errno.EBADF);
        }
    }

    @Test
    void severalBuffersAreWrittenAndReadInOrder() {
        try (Arena arena = Arena.ofConfined()) {
            int[] pipe = pipe(arena);
            MemorySegment bytes = arena.allocateFrom("abcdefgh");
            MemorySegment out = arena.allocate(Iovec.LAYOUT, 2);
            Iovec.setAt(out, 0, bytes.address() + 4, 4);
            Iovec.setAt(out, 1, bytes.address(), 4);
            assertThat(Iovec.iov_base(out)).isEqualTo(bytes.address() + 4);
            assertThat(Iovec.iov_len(out)).isEqualTo(4);
            assertThat(Uio.writev(pipe[1], out, 2)).isEqualTo(8);
            MemorySegment first = arena.allocate(3);
            MemorySegment rest = arena.allocate(16);
            MemorySegment in = arena.allocate(Iovec.LAYOUT, 2);
            Iovec.set(in, first.address(), 3);
            Iovec.setAt(in, 1, rest.address(), 15);
            assertThat(Uio.readv(pipe[0], in, 2)).isEqualTo(8);
            assertThat(first.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(new byte[] {'e', 'f', 'g'});
            assertThat(rest.getString(0)).isEqualTo("habcd");
            assertThat(Unistd.close(pipe[0])).isZero();
            assertThat(Unistd.close(pipe[1])).isZero();
        }
    }

    @Test
    void noWaitIsAnErrorOnAnEmptyOrFullPipeAndElseAsUsual() {
        try (Arena arena = Arena.ofConfined()) {
            int[] pipe = pipe(arena);
            MemorySegment bytes = arena.allocate(Limits.PIPE_BUF);
            MemorySegment iov = arena.allocate(Iovec.LAYOUT);
            Iovec.set(iov, bytes.address(), Limits.PIPE_BUF);
            long empty = Uio.preadv2(pipe[0], iov, 1, -1, Uio.RWF_NOWAIT, bytes);
            if (empty != -Errno.EOPNOTSUPP) { // an older kernel knows it for files only
                assertThat(empty).isEqualTo(-Errno.EAGAIN);
                long capacity = Fcntl.fcntl(pipe[1], Fcntl.F_GETPIPE_SZ, 0);
                for (long i = 0; i < capacity / Limits.PIPE_BUF; i++) {
                    assertThat(Uio.pwritev2(pipe[1], iov, 1, -1, Uio.RWF_NOWAIT, bytes))
                            .isEqualTo(Limits.PIPE_BUF);
                }
                assertThat(Uio.pwritev2(pipe[1], iov, 1, -1, Uio.RWF_NOWAIT, bytes))
                        .isEqualTo(-Errno.EAGAIN);
                assertThat(Uio.preadv2(pipe[0], iov, 1, -1, Uio.RWF_NOWAIT, bytes))
                        .isEqualTo(Limits.PIPE_BUF);
            }
            assertThat(Unistd.close(pipe[0])).isZero();
            assertThat(Unistd.close(pipe[1])).isZero();
        }
    }

    @Test
    void aCapacityCanBeSetAndRead() {
        try (Arena arena = Arena.ofConfined()) {
            int[] pipe = pipe(arena);
            int wanted = 4 * (int) Unistd.sysconf(Unistd._SC_PAGESIZE);
            assertThat(Fcntl.fcntl(pipe[1], Fcntl.F_SETPIPE_SZ, wanted)).isEqualTo(wanted);
            assertThat(Fcntl.fcntl(pipe[0], Fcntl.F_GETPIPE_SZ, 0)).isEqualTo(wanted);
            assertThat(Unistd.close(pipe[0])).isZero();
            assertThat(Unistd.close(pipe[1])).isZero();
        }
    }

    @Test
    void teeCopiesAndLeavesWhatItCopied() {
        try (Arena arena = Arena.ofConfined()) {
            int[] from = pipe(arena);
            int[] to = pipe(arena);
            assertThat(Fcntl.tee(from[0], to[1], 16, Fcntl.SPLICE_F_NONBLOCK))
                    .isEqualTo(-Errno.EAGAIN);
            MemorySegment bytes = arena.allocateFrom("twice");
            assertThat(Unistd.write(from[1], bytes.address(), 6)).isEqualTo(6);
            assertThat(Fcntl.tee(from[0], to[1], 16, Fcntl.SPLICE_F_NONBLOCK)).isEqualTo(6);
            for (int fd : new int[] {from[0], to[0]}) {
                MemorySegment in = arena.allocate(16);
                assertThat(Unistd.read(fd, in.address(), 16)).isEqualTo(6);
                assertThat(in.getString(0)).isEqualTo("twice");
            }
            for (int fd : new int[] {from[0], from[1], to[0], to[1]}) {
                assertThat(Unistd.close(fd)).isZero();
            }
        }
    }

    private static int[] pipe(Arena arena) {
        MemorySegment fds = arena.allocate(ValueLayout.JAVA_INT, 2);
        assertThat(Unistd.pipe2(fds, Fcntl.O_CLOEXEC)).isZero();
        return fds.toArray(ValueLayout.JAVA_INT);
    }
}
