// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Errno;
import io.chagres.posix.Mman;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Makes memory without a name. */
final class Memfd {

    private static final String CREATE = "memfd_create";
    private static final int MAX_NAME = 249;
    private static final int FLAGS = Mman.MFD_CLOEXEC | Mman.MFD_ALLOW_SEALING;

    private Memfd() {}

    /** Why there is none here, found by making some. */
    static Optional<String> whyUnsupported() {
        try (Arena arena = Arena.ofConfined()) {
            int result = Mman.memfd_create(arena.allocateFrom("chagres-probe"), FLAGS);
            if (result >= 0) {
                Unistd.close(result);
            }
            boolean refused =
                    result == -Errno.ENOSYS || result == -Errno.EPERM || result == -Errno.EACCES;
            return refused
                    ? Optional.of(
                            CREATE + ": " + Errno.name(-result) + " (" + Errno.text(-result) + ")")
                    : Optional.empty();
        } catch (UnsatisfiedLinkError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Makes an empty one that is close-on-exec, can be sealed and, where the kernel knows that, can
     * never be executed.
     *
     * @param hugePageSize 0 for ordinary pages
     */
    static int create(String name, long hugePageSize) throws IpcException {
        int flags = FLAGS;
        if (hugePageSize > 0) {
            flags |=
                    Mman.MFD_HUGETLB
                            | Long.numberOfTrailingZeros(hugePageSize) << Mman.MAP_HUGE_SHIFT;
        }
        int result;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cName = arena.allocateFrom(requireDebugName(name));
            result = Mman.memfd_create(cName, flags | Mman.MFD_NOEXEC_SEAL);
            if (result == -Errno.EINVAL) { // before Linux 6.3
                result = Mman.memfd_create(cName, flags);
            }
        }
        if (result >= 0) {
            return result;
        }
        if (hugePageSize > 0 && (result == -Errno.ENODEV || result == -Errno.EINVAL)) {
            throw new IpcException(
                    CREATE,
                    name,
                    -result,
                    Errno.name(-result),
                    "this machine has no huge pages of "
                            + hugePageSize
                            + " bytes; /sys/kernel/mm/hugepages lists those it has");
        }
        if (hugePageSize > 0 && result == -Errno.ENOMEM) {
            throw PosixErrors.limit(CREATE, name, result, StorageLimits.hugePages());
        }
        throw PosixErrors.exception(CREATE, name, result);
    }

    private static String requireDebugName(String name) {
        if (name.length() > MAX_NAME || !name.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException(
                    "the name must be at most "
                            + MAX_NAME
                            + " characters of printable ASCII, this one has "
                            + name.length());
        }
        return name;
    }
}
