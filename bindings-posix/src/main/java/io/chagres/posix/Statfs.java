// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.Architecture;
import io.chagres.posix.gen.Linux;
import io.chagres.posix.gen.PerArchitecture;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code sys/statfs.h}: what a file system is, and what room it has. */
public final class Statfs {

    private static final Architecture HERE = Platform.architecture();

    /** {@code struct statfs}. */
    public static final MemoryLayout LAYOUT = PerArchitecture.statfs$layout(HERE);

    /** {@code f_type} of tmpfs. */
    public static final long TMPFS_MAGIC = Linux.TMPFS_MAGIC();

    /** {@code f_type} of hugetlbfs. */
    public static final long HUGETLBFS_MAGIC = Linux.HUGETLBFS_MAGIC() & 0xffffffffL;

    private Statfs() {}

    private static final class StatfsCall {
        static final MethodHandle HANDLE = Link.common("statfs");
    }

    /**
     * Gets what is known of the file system that a path is in.
     *
     * @param path a C string
     * @param statfs a segment of {@link #LAYOUT} that is set
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/statfs.2.html">statfs(2)</a>
     */
    public static int statfs(MemorySegment path, MemorySegment statfs) {
        return Common.call(StatfsCall.HANDLE, path.address(), statfs.address(), 0, 0, path, statfs);
    }

    private static final class Fstatfs {
        static final MethodHandle HANDLE = Link.common("fstatfs");
    }

    /**
     * Gets what is known of the file system of an open file.
     *
     * @param fd a descriptor
     * @param statfs a segment of {@link #LAYOUT} that is set
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/statfs.2.html">fstatfs(2)</a>
     */
    public static int fstatfs(int fd, MemorySegment statfs) {
        return Common.call(Fstatfs.HANDLE, fd, statfs.address(), 0, 0, statfs);
    }

    /**
     * {@return the kind of file system}
     *
     * @param statfs what {@link #fstatfs} set
     */
    public static long f_type(MemorySegment statfs) {
        return PerArchitecture.statfs$f_type(HERE, statfs) & 0xffffffffL;
    }

    /**
     * {@return bytes of a block}
     *
     * @param statfs what {@link #fstatfs} set
     */
    public static long f_bsize(MemorySegment statfs) {
        return PerArchitecture.statfs$f_bsize(HERE, statfs);
    }

    /**
     * {@return blocks in all}
     *
     * @param statfs what {@link #fstatfs} set
     */
    public static long f_blocks(MemorySegment statfs) {
        return PerArchitecture.statfs$f_blocks(HERE, statfs);
    }

    /**
     * {@return blocks that are free for this user}
     *
     * @param statfs what {@link #fstatfs} set
     */
    public static long f_bavail(MemorySegment statfs) {
        return PerArchitecture.statfs$f_bavail(HERE, statfs);
    }
}
