// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.foreign.Downcalls;
import io.chagres.posix.gen.Linux;
import io.chagres.posix.gen.PerArchitecture;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code fcntl.h}: opening, and what one can ask of a descriptor. */
public final class Fcntl {

    /** Open for reading. */
    public static final int O_RDONLY = Linux.O_RDONLY();

    /** Open for writing. */
    public static final int O_WRONLY = Linux.O_WRONLY();

    /** Open for both. */
    public static final int O_RDWR = Linux.O_RDWR();

    /** The bits of the three above. */
    public static final int O_ACCMODE = Linux.O_ACCMODE();

    /** Create what is absent. */
    public static final int O_CREAT = Linux.O_CREAT();

    /** With {@link #O_CREAT}: fail with {@code EEXIST} when it exists. */
    public static final int O_EXCL = Linux.O_EXCL();

    /** Never become the controlling terminal. */
    public static final int O_NOCTTY = Linux.O_NOCTTY();

    /** Truncate. */
    public static final int O_TRUNC = Linux.O_TRUNC();

    /** Write at the end. */
    public static final int O_APPEND = Linux.O_APPEND();

    /** Fail with {@code EAGAIN} rather than block. */
    public static final int O_NONBLOCK = Linux.O_NONBLOCK();

    /** Write data through. */
    public static final int O_DSYNC = Linux.O_DSYNC();

    /** Write data and metadata through. */
    public static final int O_SYNC = Linux.O_SYNC();

    /** A descriptor for the path alone. */
    public static final int O_PATH = Linux.O_PATH();

    /** Close in a new program. */
    public static final int O_CLOEXEC = Linux.O_CLOEXEC();

    /** Duplicate, close-on-exec. */
    public static final int F_DUPFD_CLOEXEC = Linux.F_DUPFD_CLOEXEC();

    /** Get descriptor flags. */
    public static final int F_GETFD = Linux.F_GETFD();

    /** Set descriptor flags. */
    public static final int F_SETFD = Linux.F_SETFD();

    /** Get status flags. */
    public static final int F_GETFL = Linux.F_GETFL();

    /** Set status flags. */
    public static final int F_SETFL = Linux.F_SETFL();

    /** The close-on-exec flag. */
    public static final int FD_CLOEXEC = Linux.FD_CLOEXEC();

    /** Bypass the page cache; differs between architectures. */
    public static final int O_DIRECT = PerArchitecture.O_DIRECT(Platform.architecture());

    /** Fail unless it is a directory; differs between architectures. */
    public static final int O_DIRECTORY = PerArchitecture.O_DIRECTORY(Platform.architecture());

    /** Fail on a symbolic link; differs between architectures. */
    public static final int O_NOFOLLOW = PerArchitecture.O_NOFOLLOW(Platform.architecture());

    /** A file without a name; differs between architectures. */
    public static final int O_TMPFILE = PerArchitecture.O_TMPFILE(Platform.architecture());

    /** Get the capacity of a pipe. */
    public static final int F_GETPIPE_SZ = Linux.F_GETPIPE_SZ();

    /** Set the capacity of a pipe. */
    public static final int F_SETPIPE_SZ = Linux.F_SETPIPE_SZ();

    /** Add seals to a memfd. */
    public static final int F_ADD_SEALS = Linux.F_ADD_SEALS();

    /** Get the seals of a memfd. */
    public static final int F_GET_SEALS = Linux.F_GET_SEALS();

    /** No more seals. */
    public static final int F_SEAL_SEAL = Linux.F_SEAL_SEAL();

    /** It does not shrink. */
    public static final int F_SEAL_SHRINK = Linux.F_SEAL_SHRINK();

    /** It does not grow. */
    public static final int F_SEAL_GROW = Linux.F_SEAL_GROW();

    /** Nobody writes. */
    public static final int F_SEAL_WRITE = Linux.F_SEAL_WRITE();

    /** Nobody writes but through mappings that exist. */
    public static final int F_SEAL_FUTURE_WRITE = Linux.F_SEAL_FUTURE_WRITE();

    /** The working directory. */
    public static final int AT_FDCWD = Linux.AT_FDCWD();

    /** A symbolic link is not followed. */
    public static final int AT_SYMLINK_NOFOLLOW = Linux.AT_SYMLINK_NOFOLLOW();

    /** A symbolic link is followed. */
    public static final int AT_SYMLINK_FOLLOW = Linux.AT_SYMLINK_FOLLOW();

    /** Do not wait for the pipes. */
    public static final int SPLICE_F_NONBLOCK = Linux.SPLICE_F_NONBLOCK();

    /** An empty path is the descriptor's own file. */
    public static final int AT_EMPTY_PATH = Linux.AT_EMPTY_PATH();

    /** Keep the size of the file. */
    public static final int FALLOC_FL_KEEP_SIZE = Linux.FALLOC_FL_KEEP_SIZE();

    /** Give the space back; with {@link #FALLOC_FL_KEEP_SIZE}. */
    public static final int FALLOC_FL_PUNCH_HOLE = Linux.FALLOC_FL_PUNCH_HOLE();

    /** Executable or not for ever; Linux 6.3. */
    public static final int F_SEAL_EXEC = NewerThanHeaders.F_SEAL_EXEC;

    /** Lock for the open file description, or fail with {@code EAGAIN}: {@link Flock}. */
    public static final int F_OFD_SETLK = Linux.F_OFD_SETLK();

    /** A lock that excludes all others. */
    public static final int F_WRLCK = Linux.F_WRLCK();

    private Fcntl() {}

    private static final class Open {
        static final MethodHandle HANDLE = Link.common("open");
    }

    /**
     * Opens a file. May block on a FIFO, a device or a slow file system.
     *
     * @param path a C string
     * @param flags {@code O_*}
     * @param mode permissions of what is created, before the umask
     * @return a descriptor, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
     */
    public static int open(MemorySegment path, int flags, int mode) {
        return Common.call(Open.HANDLE, path.address(), flags, mode, 0, path);
    }

    private static final class FcntlInt {
        static final MethodHandle HANDLE = Link.common("fcntl");
    }

    /**
     * The forms of {@code fcntl} whose argument is absent or an {@code int}. They do not block.
     *
     * @param fd a descriptor
     * @param command one without an argument or with an {@code int}
     * @param argument 0 where there is none
     * @return what the command returns, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2)</a>
     */
    public static int fcntl(int fd, int command, int argument) {
        return Common.call(FcntlInt.HANDLE, fd, command, argument, 0);
    }

    /**
     * The forms of {@code fcntl} whose argument is the address of a struct, and which do not block.
     *
     * @param fd a descriptor
     * @param command such as {@link #F_OFD_SETLK}
     * @param argument the struct
     * @return what the command returns, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2)</a>
     */
    public static int fcntl(int fd, int command, MemorySegment argument) {
        return Common.call(FcntlInt.HANDLE, fd, command, argument.address(), 0, argument);
    }

    private static final class Openat {
        static final MethodHandle HANDLE = Link.common("openat");
    }

    /**
     * Opens or creates a file. May block, for a FIFO.
     *
     * @param dirfd a directory, or {@link Fcntl#AT_FDCWD}
     * @param path a C string
     * @param flags {@code O_*}
     * @param mode permissions of a new file, before the umask
     * @return a descriptor, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">openat(2)</a>
     */
    public static int openat(int dirfd, MemorySegment path, int flags, int mode) {
        return Common.call(Openat.HANDLE, dirfd, path.address(), flags, mode, path);
    }

    private static final class PosixFallocate {
        static final MethodHandle HANDLE = Link.common("posix_fallocate");
    }

    /**
     * Allocates the storage of a range, growing the file to it. May take long.
     *
     * @param fd a descriptor
     * @param offset bytes
     * @param length bytes, more than 0
     * @return 0, or the negated errno
     * @see <a
     *     href="https://man7.org/linux/man-pages/man3/posix_fallocate.3.html">posix_fallocate(3)</a>
     */
    public static int posix_fallocate(int fd, long offset, long length) {
        return CallState.negated(
                (int)
                        Common.raw(
                                PosixFallocate.HANDLE,
                                fd,
                                offset,
                                length,
                                0,
                                MemorySegment.NULL,
                                MemorySegment.NULL));
    }

    private static final class Fallocate {
        static final MethodHandle HANDLE = Link.common("fallocate");
    }

    /**
     * Reserves space or gives it back. May block.
     *
     * @param fd a descriptor open for writing
     * @param mode {@code FALLOC_FL_*}, or 0
     * @param offset where it begins
     * @param length bytes
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/fallocate.2.html">fallocate(2)</a>
     */
    public static int fallocate(int fd, int mode, long offset, long length) {
        return Common.call(Fallocate.HANDLE, fd, mode, offset, length);
    }

    private static final class Tee {
        static final MethodHandle HANDLE = Link.function("tee", Linux.tee$descriptor());
    }

    /**
     * Copies from pipe to pipe and leaves the data in the first.
     *
     * @param in a pipe
     * @param out another pipe
     * @param length bytes at the most
     * @param flags {@link #SPLICE_F_NONBLOCK}
     * @return bytes copied, 0 when the pipe is empty and has no writer, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/tee.2.html">tee(2)</a>
     */
    public static long tee(int in, int out, long length, int flags) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result(
                    (long) Tee.HANDLE.invokeExact(state, in, out, length, flags), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }
}
