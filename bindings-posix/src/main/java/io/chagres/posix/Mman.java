// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.Linux;
import io.chagres.posix.gen.PerArchitecture;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.function.Consumer;

/**
 * {@code sys/mman.h}: shared memory objects and mappings.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/shm_overview.7.html">shm_overview(7)</a>
 */
public final class Mman {

    /** No access. */
    public static final int PROT_NONE = Linux.PROT_NONE();

    /** Pages may be read. */
    public static final int PROT_READ = Linux.PROT_READ();

    /** Pages may be written. */
    public static final int PROT_WRITE = Linux.PROT_WRITE();

    /** Pages may be executed. */
    public static final int PROT_EXEC = Linux.PROT_EXEC();

    /** Stores are seen by others. */
    public static final int MAP_SHARED = Linux.MAP_SHARED();

    /** {@link #MAP_SHARED}, refusing unknown flags. */
    public static final int MAP_SHARED_VALIDATE = Linux.MAP_SHARED_VALIDATE();

    /** Stores are private. */
    public static final int MAP_PRIVATE = Linux.MAP_PRIVATE();

    /** No file behind it. */
    public static final int MAP_ANONYMOUS = Linux.MAP_ANONYMOUS();

    /** Fault the pages in at once. */
    public static final int MAP_POPULATE = Linux.MAP_POPULATE();

    /** Huge pages. */
    public static final int MAP_HUGETLB = Linux.MAP_HUGETLB();

    /** Lock the pages; differs between architectures. */
    public static final int MAP_LOCKED = PerArchitecture.MAP_LOCKED(Platform.architecture());

    /** Reserve no swap; differs between architectures. */
    public static final int MAP_NORESERVE = PerArchitecture.MAP_NORESERVE(Platform.architecture());

    /** Close in a new program. */
    public static final int MFD_CLOEXEC = Linux.MFD_CLOEXEC();

    /** Seals may be added. */
    public static final int MFD_ALLOW_SEALING = Linux.MFD_ALLOW_SEALING();

    /** Huge pages. */
    public static final int MFD_HUGETLB = Linux.MFD_HUGETLB();

    /** Not executable, and never to be made so; Linux 6.3. */
    public static final int MFD_NOEXEC_SEAL = NewerThanHeaders.MFD_NOEXEC_SEAL;

    /** At just this address. */
    public static final int MAP_FIXED = Linux.MAP_FIXED();

    /** Where in the flags the size of huge pages stands, as a power of two. */
    public static final int MAP_HUGE_SHIFT = Linux.MAP_HUGE_SHIFT();

    /** Use transparent huge pages. */
    public static final int MADV_HUGEPAGE = Linux.MADV_HUGEPAGE();

    /** Let go of the pages. */
    public static final int MADV_DONTNEED = Linux.MADV_DONTNEED();

    /** Map the pages for reading. */
    public static final int MADV_POPULATE_READ = Linux.MADV_POPULATE_READ();

    /** Map the pages for writing. */
    public static final int MADV_POPULATE_WRITE = Linux.MADV_POPULATE_WRITE();

    /** Wait until it is written. */
    public static final int MS_SYNC = Linux.MS_SYNC();

    private Mman() {}

    private static final class Mmap {
        static final MethodHandle HANDLE = Link.common("mmap");
    }

    /**
     * Maps a file, a shared memory object or anonymous memory.
     *
     * @param address 0 to let the kernel choose
     * @param length bytes
     * @param protection {@code PROT_*}
     * @param flags {@code MAP_*}
     * @param fd a descriptor, or -1
     * @param offset a multiple of the page size
     * @return the address, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
     */
    public static long mmap(
            long address, long length, int protection, int flags, int fd, long offset) {
        return Common.callLong(Mmap.HANDLE, address, length, protection, flags, fd, offset);
    }

    private static final class Munmap {
        static final MethodHandle HANDLE = Link.common("munmap");
    }

    /**
     * Unmaps. An access after it is a crash or worse.
     *
     * @param address what {@link #mmap} returned
     * @param length bytes
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">munmap(2)</a>
     */
    public static int munmap(long address, long length) {
        return Common.call(Munmap.HANDLE, address, length, 0, 0);
    }

    private static final class ShmOpen {
        static final MethodHandle HANDLE = Link.common("shm_open");
    }

    /**
     * Opens or creates a shared memory object. The descriptor is close-on-exec.
     *
     * @param name a C string
     * @param flags {@code O_*}
     * @param mode permissions of a new object, before the umask
     * @return a descriptor, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/shm_open.3.html">shm_open(3)</a>
     */
    public static int shm_open(MemorySegment name, int flags, int mode) {
        return Common.call(ShmOpen.HANDLE, name.address(), flags, mode, 0, name);
    }

    private static final class ShmUnlink {
        static final MethodHandle HANDLE = Link.common("shm_unlink");
    }

    /**
     * Removes a name; the object lives on while it is open or mapped.
     *
     * @param name a C string
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/shm_open.3.html">shm_unlink(3)</a>
     */
    public static int shm_unlink(MemorySegment name) {
        return Common.call(ShmUnlink.HANDLE, name.address(), 0, 0, 0, name);
    }

    private static final class MemfdCreate {
        static final MethodHandle HANDLE = Link.common("memfd_create");
    }

    /**
     * Makes an object of shared memory without a name in the file system.
     *
     * @param name a C string, of use in {@code /proc} only
     * @param flags {@code MFD_*}
     * @return a descriptor, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/memfd_create.2.html">memfd_create(2)</a>
     */
    public static int memfd_create(MemorySegment name, int flags) {
        return Common.call(MemfdCreate.HANDLE, name.address(), flags, 0, 0, name);
    }

    private static final class Mlock {
        static final MethodHandle HANDLE = Link.common("mlock");
    }

    /**
     * Keeps a range in memory.
     *
     * @param address of the range
     * @param length bytes
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/mlock.2.html">mlock(2)</a>
     */
    public static int mlock(long address, long length) {
        return Common.call(Mlock.HANDLE, address, length, 0, 0);
    }

    private static final class Munlock {
        static final MethodHandle HANDLE = Link.common("munlock");
    }

    /**
     * Undoes {@link #mlock}.
     *
     * @param address of the range
     * @param length bytes
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/mlock.2.html">munlock(2)</a>
     */
    public static int munlock(long address, long length) {
        return Common.call(Munlock.HANDLE, address, length, 0, 0);
    }

    private static final class Madvise {
        static final MethodHandle HANDLE = Link.common("madvise");
    }

    /**
     * Tells how a range will be used.
     *
     * @param address of the range, at a page
     * @param length bytes
     * @param advice {@code MADV_*}
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/madvise.2.html">madvise(2)</a>
     */
    public static int madvise(long address, long length, int advice) {
        return Common.call(Madvise.HANDLE, address, length, advice, 0);
    }

    private static final class Msync {
        static final MethodHandle HANDLE = Link.common("msync");
    }

    /**
     * Writes a mapped range to its file.
     *
     * @param address of the range, at a page
     * @param length bytes
     * @param flags {@code MS_*}
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/msync.2.html">msync(2)</a>
     */
    public static int msync(long address, long length, int flags) {
        return Common.call(Msync.HANDLE, address, length, flags, 0);
    }

    /**
     * Gives what {@link #mmap} returned the form of a segment that lives as long as an arena. Not a
     * C function; it stands here since it makes memory out of a number, as only this module may.
     *
     * @param address what {@link #mmap} returned
     * @param length bytes that are mapped there
     * @param arena whose end is the end of the mapping
     * @param cleanup called once at that end, with a segment of the same address and length, to
     *     {@link #munmap} it
     * @return the segment
     */
    public static MemorySegment segment(
            long address, long length, Arena arena, Consumer<MemorySegment> cleanup) {
        return MemorySegment.ofAddress(address).reinterpret(length, arena, cleanup);
    }
}
