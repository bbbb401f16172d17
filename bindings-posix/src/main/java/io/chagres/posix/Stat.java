// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.Architecture;
import io.chagres.posix.gen.Linux;
import io.chagres.posix.gen.PerArchitecture;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code sys/stat.h}: kind, owner and permissions of what a descriptor is open on, and the
 * accessors of {@code struct stat}, which differs between architectures.
 */
public final class Stat {

    private static final Architecture HERE = Platform.architecture();

    /** {@code struct stat}. */
    public static final MemoryLayout LAYOUT = PerArchitecture.stat$layout(HERE);

    /** The bits of the kind. */
    public static final int S_IFMT = Linux.S_IFMT();

    /** A socket. */
    public static final int S_IFSOCK = Linux.S_IFSOCK();

    /** A symbolic link. */
    public static final int S_IFLNK = Linux.S_IFLNK();

    /** A regular file. */
    public static final int S_IFREG = Linux.S_IFREG();

    /** A block device. */
    public static final int S_IFBLK = Linux.S_IFBLK();

    /** A directory. */
    public static final int S_IFDIR = Linux.S_IFDIR();

    /** A character device. */
    public static final int S_IFCHR = Linux.S_IFCHR();

    /** A FIFO or pipe. */
    public static final int S_IFIFO = Linux.S_IFIFO();

    /** Set user id. */
    public static final int S_ISUID = Linux.S_ISUID();

    /** Set group id. */
    public static final int S_ISGID = Linux.S_ISGID();

    /** Sticky. */
    public static final int S_ISVTX = Linux.S_ISVTX();

    /** The owner may read. */
    public static final int S_IRUSR = Linux.S_IRUSR();

    /** The owner may write. */
    public static final int S_IWUSR = Linux.S_IWUSR();

    /** The owner may execute. */
    public static final int S_IXUSR = Linux.S_IXUSR();

    /** The group may read. */
    public static final int S_IRGRP = Linux.S_IRGRP();

    /** The group may write. */
    public static final int S_IWGRP = Linux.S_IWGRP();

    /** The group may execute. */
    public static final int S_IXGRP = Linux.S_IXGRP();

    /** Others may read. */
    public static final int S_IROTH = Linux.S_IROTH();

    /** Others may write. */
    public static final int S_IWOTH = Linux.S_IWOTH();

    /** Others may execute. */
    public static final int S_IXOTH = Linux.S_IXOTH();

    private Stat() {}

    private static final class Fstat {
        static final MethodHandle HANDLE = Link.common("fstat");
    }

    /**
     * Gets what is known of an open object.
     *
     * @param fd a descriptor
     * @param stat a segment of {@link #LAYOUT} that is set
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/stat.2.html">fstat(2)</a>
     */
    public static int fstat(int fd, MemorySegment stat) {
        return Common.call(Fstat.HANDLE, fd, stat.address(), 0, 0, stat);
    }

    private static final class Fchmod {
        static final MethodHandle HANDLE = Link.common("fchmod");
    }

    /**
     * Sets permissions.
     *
     * @param fd a descriptor
     * @param mode permissions; the umask does not count
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/chmod.2.html">fchmod(2)</a>
     */
    public static int fchmod(int fd, int mode) {
        return Common.call(Fchmod.HANDLE, fd, mode, 0, 0);
    }

    /**
     * {@return device}
     *
     * @param stat what {@link #fstat} set
     */
    public static long st_dev(MemorySegment stat) {
        return PerArchitecture.stat$st_dev(HERE, stat);
    }

    /**
     * {@return inode}
     *
     * @param stat what {@link #fstat} set
     */
    public static long st_ino(MemorySegment stat) {
        return PerArchitecture.stat$st_ino(HERE, stat);
    }

    /**
     * {@return kind and permissions}
     *
     * @param stat what {@link #fstat} set
     */
    public static int st_mode(MemorySegment stat) {
        return PerArchitecture.stat$st_mode(HERE, stat);
    }

    /**
     * {@return owner}
     *
     * @param stat what {@link #fstat} set
     */
    public static int st_uid(MemorySegment stat) {
        return PerArchitecture.stat$st_uid(HERE, stat);
    }

    /**
     * {@return group}
     *
     * @param stat what {@link #fstat} set
     */
    public static int st_gid(MemorySegment stat) {
        return PerArchitecture.stat$st_gid(HERE, stat);
    }

    /**
     * {@return bytes}
     *
     * @param stat what {@link #fstat} set
     */
    public static long st_size(MemorySegment stat) {
        return PerArchitecture.stat$st_size(HERE, stat);
    }

    private static final class Fstatat {
        static final MethodHandle HANDLE = Link.common("fstatat");
    }

    /**
     * Gets what is known of a file.
     *
     * @param dirfd a directory, or {@link Fcntl#AT_FDCWD}
     * @param path a C string
     * @param stat a segment of {@link #LAYOUT} that is set
     * @param flags {@link Fcntl#AT_SYMLINK_NOFOLLOW}
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/stat.2.html">fstatat(2)</a>
     */
    public static int fstatat(int dirfd, MemorySegment path, MemorySegment stat, int flags) {
        return Common.call(
                Fstatat.HANDLE, dirfd, path.address(), stat.address(), flags, path, stat);
    }

    private static final class Mkfifoat {
        static final MethodHandle HANDLE = Link.common("mkfifoat");
    }

    /**
     * Makes a FIFO.
     *
     * @param dirfd a directory, or {@link Fcntl#AT_FDCWD}
     * @param path a C string
     * @param mode permissions, before the umask
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/mkfifo.3.html">mkfifoat(3)</a>
     */
    public static int mkfifoat(int dirfd, MemorySegment path, int mode) {
        return Common.call(Mkfifoat.HANDLE, dirfd, path.address(), mode, 0, path);
    }

    /**
     * {@return number of names}
     *
     * @param stat what {@link #fstat} set
     */
    public static long st_nlink(MemorySegment stat) {
        return PerArchitecture.stat$st_nlink(HERE, stat);
    }

    /**
     * {@return blocks of 512 bytes that are allocated}
     *
     * @param stat what {@link #fstat} set
     */
    public static long st_blocks(MemorySegment stat) {
        return PerArchitecture.stat$st_blocks(HERE, stat);
    }
}
