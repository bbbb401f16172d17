// SPDX-License-Identifier: Apache-2.0
package io.chagres.shm;

import io.chagres.OpenMode;
import java.util.Objects;

/**
 * How to map shared memory. Immutable; each method returns a changed copy.
 *
 * @param mode to read, or to read and write
 * @param offset where the mapping begins in the object, in bytes; any, not only multiples of a page
 * @param size bytes to map; 0 for all from the offset to the present end
 * @param prefault whether every page is faulted in before it returns
 * @param lock whether the pages are kept in memory
 * @param hugePages whether transparent huge pages are wanted
 */
public record MapOptions(
        OpenMode mode, long offset, long size, boolean prefault, boolean lock, boolean hugePages) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when the mode is write-only, or offset or size is negative
     */
    public MapOptions {
        Objects.requireNonNull(mode, "mode");
        if (mode == OpenMode.WRITE_ONLY) {
            throw new IllegalArgumentException("memory that can be written can be read");
        }
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
        if (size < 0) {
            throw new IllegalArgumentException("size " + size + " is negative");
        }
    }

    /** {@return options to map all of it, to read} */
    public static MapOptions readOnly() {
        return new MapOptions(OpenMode.READ_ONLY, 0, 0, false, false, false);
    }

    /** {@return options to map all of it, to read and to write} */
    public static MapOptions readWrite() {
        return new MapOptions(OpenMode.READ_WRITE, 0, 0, false, false, false);
    }

    /**
     * Sets where the mapping begins.
     *
     * @param offset in the object, in bytes
     * @return the changed copy
     * @throws IllegalArgumentException when it is negative
     */
    public MapOptions withOffset(long offset) {
        return new MapOptions(mode, offset, size, prefault, lock, hugePages);
    }

    /**
     * Sets how much is mapped.
     *
     * @param size bytes
     * @return the changed copy
     * @throws IllegalArgumentException when it is not positive
     */
    public MapOptions withSize(long size) {
        if (size <= 0) {
            throw new IllegalArgumentException("size " + size + " is not positive");
        }
        return new MapOptions(mode, offset, size, prefault, lock, hugePages);
    }

    /**
     * Has every page faulted in before the mapping is returned: no access waits for that later, and
     * what a sparse object lacks the memory for is refused then, not when it is touched.
     *
     * @return the changed copy
     */
    public MapOptions withPrefault() {
        return new MapOptions(mode, offset, size, true, lock, hugePages);
    }

    /**
     * Has the pages kept in memory ({@code mlock}). Refused beyond {@code RLIMIT_MEMLOCK}.
     *
     * @return the changed copy
     */
    public MapOptions withLock() {
        return new MapOptions(mode, offset, size, prefault, true, hugePages);
    }

    /**
     * Asks for transparent huge pages ({@code MADV_HUGEPAGE}). Refused where the administrator has
     * switched them off for shared memory; where they are on, the kernel uses them as it can.
     *
     * @return the changed copy
     */
    public MapOptions withHugePages() {
        return new MapOptions(mode, offset, size, prefault, lock, true);
    }
}
