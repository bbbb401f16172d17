// SPDX-License-Identifier: Apache-2.0
package io.chagres.shm;

import io.chagres.Access;
import io.chagres.OpenMode;
import java.util.Objects;

/**
 * How to create shared memory. Immutable; each method returns a changed copy.
 *
 * @param size bytes
 * @param access who may open it by its name
 * @param mode what the creating handle is for
 * @param sparse whether memory is taken only when it is first touched
 * @param unlinkOnExit whether the name is removed when the creating JVM ends
 * @param sealable whether anonymous memory can be sealed
 * @param hugePageSize bytes of the huge pages that anonymous memory consists of; 0 for ordinary
 *     pages
 */
public record SharedMemoryOptions(
        long size,
        Access access,
        OpenMode mode,
        boolean sparse,
        boolean unlinkOnExit,
        boolean sealable,
        long hugePageSize) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when the size is not positive, the mode is write-only, or
     *     the size of the huge pages is neither 0 nor a power of two
     */
    public SharedMemoryOptions {
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(mode, "mode");
        if (size <= 0) {
            throw new IllegalArgumentException("size " + size + " is not positive");
        }
        if (mode == OpenMode.WRITE_ONLY) {
            throw new IllegalArgumentException("memory that can be written can be read");
        }
        if (hugePageSize < 0 || Long.bitCount(hugePageSize) > 1) {
            throw new IllegalArgumentException(
                    "huge page size " + hugePageSize + " is not a power of two");
        }
    }

    /**
     * {@return options for memory that is allocated at once, for the owner only, to read and to
     * write}
     *
     * @param size bytes
     * @throws IllegalArgumentException when it is not positive
     */
    public static SharedMemoryOptions ofSize(long size) {
        return new SharedMemoryOptions(
                size, Access.ownerOnly(), OpenMode.READ_WRITE, false, false, true, 0);
    }

    /**
     * Sets the size.
     *
     * @param size bytes
     * @return the changed copy
     * @throws IllegalArgumentException when it is not positive
     */
    public SharedMemoryOptions withSize(long size) {
        return new SharedMemoryOptions(
                size, access, mode, sparse, unlinkOnExit, sealable, hugePageSize);
    }

    /**
     * Sets who may open it by its name.
     *
     * @param access who may open it
     * @return the changed copy
     */
    public SharedMemoryOptions withAccess(Access access) {
        return new SharedMemoryOptions(
                size, access, mode, sparse, unlinkOnExit, sealable, hugePageSize);
    }

    /**
     * Sets what the creating handle is for. An initializer writes also when that is only reading.
     *
     * @param mode to read, or to read and write
     * @return the changed copy
     * @throws IllegalArgumentException for {@link OpenMode#WRITE_ONLY}
     */
    public SharedMemoryOptions withMode(OpenMode mode) {
        return new SharedMemoryOptions(
                size, access, mode, sparse, unlinkOnExit, sealable, hugePageSize);
    }

    /**
     * Has memory taken page by page, when it is first touched. Then creating cannot fail for want
     * of memory, and <b>touching can</b>: on a full file system the first store to a page ends with
     * an {@link InternalError}, or ends the JVM. Only for what is much larger than what will be
     * used.
     *
     * @return the changed copy
     */
    public SharedMemoryOptions withSparse() {
        return new SharedMemoryOptions(
                size, access, mode, true, unlinkOnExit, sealable, hugePageSize);
    }

    /**
     * Has the name removed when the JVM that creates the object ends in an orderly way: not by
     * {@code kill -9}. Another object that has got the name meanwhile is left alone. An object that
     * is only opened is never removed.
     *
     * @param unlinkOnExit whether to remove it; not by default
     * @return the changed copy
     */
    public SharedMemoryOptions withUnlinkOnExit(boolean unlinkOnExit) {
        return new SharedMemoryOptions(
                size, access, mode, sparse, unlinkOnExit, sealable, hugePageSize);
    }

    /**
     * Sets whether anonymous memory can be sealed. No effect on named memory, which never can.
     *
     * @param sealable whether {@link SharedMemory#seal} works; it does by default
     * @return the changed copy
     */
    public SharedMemoryOptions withSealable(boolean sealable) {
        return new SharedMemoryOptions(
                size, access, mode, sparse, unlinkOnExit, sealable, hugePageSize);
    }

    /**
     * Has anonymous memory made of huge pages that the administrator has reserved ({@code
     * vm.nr_hugepages}). Its size is rounded up to whole ones. Named memory refuses this; see
     * {@link MapOptions#withHugePages} for what works there.
     *
     * @param hugePageSize bytes of a huge page, such as {@code 2 << 20}; 0 for ordinary pages
     * @return the changed copy
     * @throws IllegalArgumentException when it is not a power of two
     */
    public SharedMemoryOptions withHugePages(long hugePageSize) {
        return new SharedMemoryOptions(
                size, access, mode, sparse, unlinkOnExit, sealable, hugePageSize);
    }
}
