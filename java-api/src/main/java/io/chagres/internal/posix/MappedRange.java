// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.LimitExceededException;
import io.chagres.posix.Errno;
import io.chagres.posix.Mman;
import io.chagres.shm.MapOptions;
import io.chagres.shm.Seal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A range of an object, being mapped: from the beginning of a page that has its first byte. */
final class MappedRange {

    private static final Path TRANSPARENT =
            Path.of("/sys/kernel/mm/transparent_hugepage/shmem_enabled");

    private final String name;
    private final Pages pages;
    private final long start;
    private final long skipped;
    private final long length;
    private long address;

    private MappedRange(String name, Pages pages, long offset, long length) {
        this.name = name;
        this.pages = pages;
        this.start = pages.begin(offset);
        this.skipped = offset - start;
        this.length = length;
    }

    /**
     * The range that options mean.
     *
     * @param size of the object
     */
    static MappedRange within(String name, long size, MapOptions options, Pages pages)
            throws IpcException {
        if (size == 0) {
            throw new IpcException(
                    "mmap", name, 0, "", "it is empty: whoever makes it has not set its size yet");
        }
        long offset = options.offset();
        long length = options.size() == 0 ? size - offset : options.size();
        if (offset >= size || length > size - offset) {
            String asked = options.size() == 0 ? "" : " and " + options.size() + " bytes";
            throw new IllegalArgumentException(
                    "offset " + offset + asked + " are beyond the " + size + " bytes of " + name);
        }
        return new MappedRange(name, pages, offset, length);
    }

    /** Where it ends in the object. */
    long end() {
        return start + skipped + length;
    }

    /** Maps it; 0, or the negated errno. */
    int map(int fd, MapOptions options, Set<Seal> seals) {
        boolean writes = options.mode().writes();
        int protection = writes ? Mman.PROT_READ | Mman.PROT_WRITE : Mman.PROT_READ;
        int flags = options.prefault() ? Mman.MAP_POPULATE : 0;
        long result = Mman.mmap(0, mapped(), protection, Mman.MAP_SHARED | flags, fd, start);
        if (result == -Errno.EPERM && !writes && seals.contains(Seal.WRITE)) {
            // before Linux 6.7; what nobody can write is the same when it is private
            result = Mman.mmap(0, mapped(), protection, Mman.MAP_PRIVATE | flags, fd, start);
        }
        if (isError(result)) {
            return (int) result;
        }
        address = result;
        return 0;
    }

    /** The exception for a mapping that failed. */
    IpcException failure(int result) {
        return result == -Errno.ENOMEM || result == -Errno.EAGAIN
                ? StorageLimits.mapping(name, result, pages.huge())
                : PosixErrors.exception("mmap", name, result);
    }

    /** Does to the mapping what options ask for. */
    void prepare(int fd, MapOptions options) throws IpcException {
        if (options.hugePages() && !pages.huge()) {
            adviseHugePages();
        }
        if (options.prefault()) {
            prefault(fd, options.mode().writes());
        }
        if (options.lock()) {
            lock();
        }
    }

    private void adviseHugePages() throws IpcException {
        int result = Mman.madvise(address, mapped(), Mman.MADV_HUGEPAGE);
        String setting = transparentHugePages();
        if (result < 0 || setting.contains("[never]") || setting.contains("[deny]")) {
            throw new LimitExceededException(
                    "madvise",
                    name,
                    Math.max(0, -result),
                    result < 0 ? Errno.name(-result) : "",
                    "transparent huge pages are off for shared memory; "
                            + "switch them on with: echo advise > "
                            + TRANSPARENT,
                    TRANSPARENT.toString(),
                    -1);
        }
    }

    /** Such as {@code always within_size advise [never] deny force}; empty if it cannot be read. */
    private static String transparentHugePages() {
        try (BufferedReader reader = Files.newBufferedReader(TRANSPARENT)) {
            return String.valueOf(reader.readLine());
        } catch (IOException e) {
            return "";
        }
    }

    /** MAP_POPULATE has tried it already, but does not say whether it could. */
    private void prefault(int fd, boolean writes) throws IpcException {
        int advice = writes ? Mman.MADV_POPULATE_WRITE : Mman.MADV_POPULATE_READ;
        int result = Mman.madvise(address, mapped(), advice);
        while (result == -Errno.EINTR || result == -Errno.EAGAIN) {
            result = Mman.madvise(address, mapped(), advice);
        }
        if (result == -Errno.EFAULT || result == -Errno.ENOMEM) {
            throw StorageLimits.prefault(fd, name, result);
        }
        if (result < 0 && result != -Errno.EINVAL) { // before Linux 5.14
            throw PosixErrors.exception("madvise", name, result);
        }
    }

    private void lock() throws IpcException {
        int result = Mman.mlock(address, mapped());
        if (result == -Errno.ENOMEM || result == -Errno.EPERM || result == -Errno.EAGAIN) {
            throw PosixErrors.limit("mlock", name, result, StorageLimits.lockedMemory());
        }
        if (result < 0) {
            throw PosixErrors.exception("mlock", name, result);
        }
    }

    /** The bytes that were asked for, until the arena ends; that unmaps them. */
    MemorySegment segment(Arena arena, MappedEnds ends) {
        long end = end();
        return Mman.segment(
                        address,
                        skipped + length,
                        arena,
                        gone -> {
                            unmap();
                            ends.remove(end);
                        })
                .asSlice(skipped, length);
    }

    /** Unmaps it. */
    void unmap() {
        int result = Mman.munmap(address, mapped());
        if (result < 0) {
            throw new UncheckedIOException(PosixErrors.exception("munmap", name, result));
        }
    }

    private long mapped() {
        return pages.roundUp(skipped + length);
    }

    private static boolean isError(long result) {
        return result < 0 && result >= -4095;
    }
}
