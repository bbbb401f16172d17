// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.foreign.Downcalls;
import io.chagres.posix.gen.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code unistd.h}: descriptors, ids, and limits of the system. */
public final class Unistd {

    /** Bytes in a page. */
    public static final int _SC_PAGESIZE = Linux._SC_PAGESIZE();

    /** Queues a process may open. */
    public static final int _SC_MQ_OPEN_MAX = Linux._SC_MQ_OPEN_MAX();

    /** One more than the highest priority of a message. */
    public static final int _SC_MQ_PRIO_MAX = Linux._SC_MQ_PRIO_MAX();

    /** Descriptors a process may open. */
    public static final int _SC_OPEN_MAX = Linux._SC_OPEN_MAX();

    /** The largest value of a semaphore. */
    public static final int _SC_SEM_VALUE_MAX = Linux._SC_SEM_VALUE_MAX();

    private Unistd() {}

    private static final class Close {
        static final MethodHandle HANDLE = Link.common("close");
    }

    /**
     * Closes a descriptor; its number may be reused at once, also after an error.
     *
     * @param fd a descriptor
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/close.2.html">close(2)</a>
     */
    public static int close(int fd) {
        return Common.call(Close.HANDLE, fd, 0, 0, 0);
    }

    private static final class Ftruncate {
        static final MethodHandle HANDLE = Link.common("ftruncate");
    }

    /**
     * Sets the size.
     *
     * @param fd a descriptor open for writing
     * @param length bytes
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/truncate.2.html">ftruncate(2)</a>
     */
    public static int ftruncate(int fd, long length) {
        return Common.call(Ftruncate.HANDLE, fd, length, 0, 0);
    }

    private static final class Getpid {
        static final MethodHandle HANDLE =
                Link.function("getpid", Linux.getpid$descriptor(), Link.CRITICAL);
    }

    /**
     * The id of this process.
     *
     * @return the id
     * @see <a href="https://man7.org/linux/man-pages/man2/getpid.2.html">getpid(2)</a>
     */
    public static int getpid() {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result((int) Getpid.HANDLE.invokeExact(state), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Geteuid {
        static final MethodHandle HANDLE =
                Link.function("geteuid", Linux.geteuid$descriptor(), Link.CRITICAL);
    }

    /**
     * The effective user id.
     *
     * @return the id
     * @see <a href="https://man7.org/linux/man-pages/man2/getuid.2.html">geteuid(2)</a>
     */
    public static int geteuid() {
        MemorySegment state = CallState.borrow();
        try {
            return (int) Geteuid.HANDLE.invokeExact(state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Getegid {
        static final MethodHandle HANDLE =
                Link.function("getegid", Linux.getegid$descriptor(), Link.CRITICAL);
    }

    /**
     * The effective group id.
     *
     * @return the id
     * @see <a href="https://man7.org/linux/man-pages/man2/getgid.2.html">getegid(2)</a>
     */
    public static int getegid() {
        MemorySegment state = CallState.borrow();
        try {
            return (int) Getegid.HANDLE.invokeExact(state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Sysconf {
        static final MethodHandle HANDLE = Link.common("sysconf");
    }

    /**
     * A limit or property of the system.
     *
     * @param name {@code _SC_*}
     * @return its value, or -1 when there is no limit or the name is unknown
     * @see <a href="https://man7.org/linux/man-pages/man3/sysconf.3.html">sysconf(3)</a>
     */
    public static long sysconf(int name) {
        return Common.raw(Sysconf.HANDLE, name, 0, 0, 0, MemorySegment.NULL, MemorySegment.NULL);
    }

    private static final class Read {
        static final MethodHandle HANDLE = Link.common("read");
    }

    /**
     * Reads. May block.
     *
     * @param fd a descriptor
     * @param address of memory that others guard
     * @param count bytes
     * @return bytes read, 0 at the end, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/read.2.html">read(2)</a>
     */
    public static long read(int fd, long address, long count) {
        return Common.callLong(Read.HANDLE, fd, address, count, 0, 0, 0);
    }

    /**
     * {@link #read(int, long, long)} into a segment, whose arena cannot be closed meanwhile.
     *
     * @param fd a descriptor
     * @param buffer a native segment of at least {@code count} bytes
     * @param count bytes
     * @return bytes read, 0 at the end, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/read.2.html">read(2)</a>
     */
    public static long read(int fd, MemorySegment buffer, long count) {
        return Common.callLong(
                Read.HANDLE, fd, buffer.address(), count, 0, 0, 0, buffer, MemorySegment.NULL);
    }

    private static final class Write {
        static final MethodHandle HANDLE = Link.common("write");
    }

    /**
     * Writes. May block.
     *
     * @param fd a descriptor
     * @param address of memory that others guard
     * @param count bytes
     * @return bytes written, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/write.2.html">write(2)</a>
     */
    public static long write(int fd, long address, long count) {
        return Common.callLong(Write.HANDLE, fd, address, count, 0, 0, 0);
    }

    /**
     * {@link #write(int, long, long)} from a segment, whose arena cannot be closed meanwhile.
     *
     * @param fd a descriptor
     * @param buffer a native segment of at least {@code count} bytes
     * @param count bytes
     * @return bytes written, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/write.2.html">write(2)</a>
     */
    public static long write(int fd, MemorySegment buffer, long count) {
        return Common.callLong(
                Write.HANDLE, fd, buffer.address(), count, 0, 0, 0, buffer, MemorySegment.NULL);
    }

    private static final class Pipe2 {
        static final MethodHandle HANDLE = Link.common("pipe2");
    }

    /**
     * Makes a pipe.
     *
     * @param fds two {@code int}s that are set: the end to read, the end to write
     * @param flags {@code O_CLOEXEC}, {@code O_NONBLOCK}, {@code O_DIRECT}
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/pipe.2.html">pipe2(2)</a>
     */
    public static int pipe2(MemorySegment fds, int flags) {
        return Common.call(Pipe2.HANDLE, fds.address(), flags, 0, 0, fds);
    }

    private static final class Unlink {
        static final MethodHandle HANDLE = Link.common("unlink");
    }

    /**
     * Removes a name.
     *
     * @param path a C string
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/unlink.2.html">unlink(2)</a>
     */
    public static int unlink(MemorySegment path) {
        return Common.call(Unlink.HANDLE, path.address(), 0, 0, 0, path);
    }

    private static final class Unlinkat {
        static final MethodHandle HANDLE = Link.common("unlinkat");
    }

    /**
     * Removes a name.
     *
     * @param dirfd a directory, or {@link Fcntl#AT_FDCWD}
     * @param path a C string
     * @param flags 0
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/unlink.2.html">unlinkat(2)</a>
     */
    public static int unlinkat(int dirfd, MemorySegment path, int flags) {
        return Common.call(Unlinkat.HANDLE, dirfd, path.address(), flags, 0, path);
    }

    private static final class Linkat {
        static final MethodHandle HANDLE = Link.common("linkat");
    }

    /**
     * Gives a file one more name, which must not exist.
     *
     * @param olddirfd a directory, or {@link Fcntl#AT_FDCWD}
     * @param oldpath a C string
     * @param newdirfd a directory, or {@link Fcntl#AT_FDCWD}
     * @param newpath a C string
     * @param flags {@link Fcntl#AT_SYMLINK_FOLLOW}
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/link.2.html">linkat(2)</a>
     */
    public static int linkat(
            int olddirfd, MemorySegment oldpath, int newdirfd, MemorySegment newpath, int flags) {
        return Common.call(
                Linkat.HANDLE,
                olddirfd,
                oldpath.address(),
                newdirfd,
                newpath.address(),
                flags,
                0,
                oldpath,
                newpath);
    }

    private static final class Gettid {
        static final MethodHandle HANDLE = Link.common("gettid");
    }

    /**
     * Gets the calling thread's id.
     *
     * @return the id
     * @see <a href="https://man7.org/linux/man-pages/man2/gettid.2.html">gettid(2)</a>
     */
    public static int gettid() {
        return Common.call(Gettid.HANDLE, 0, 0, 0, 0);
    }
}
