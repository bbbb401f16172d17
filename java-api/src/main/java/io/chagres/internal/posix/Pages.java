// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Unistd;

/**
 * What an object's memory consists of.
 *
 * @param size bytes of a page
 * @param huge whether these are huge pages, of which there are only whole ones
 */
record Pages(long size, boolean huge) {

    private static final class Ordinary {
        static final Pages PAGES = new Pages(Unistd.sysconf(Unistd._SC_PAGESIZE), false);

        private Ordinary() {}
    }

    static Pages ordinary() {
        return Ordinary.PAGES;
    }

    static Pages of(int fd, String name) throws IpcException {
        StorageLimits.FileSystem system = StorageLimits.FileSystem.of(fd, name);
        return system.huge() ? new Pages(system.blockSize(), true) : ordinary();
    }

    /** The size that an object can have, at least as large; past a long, as it is. */
    long roundUp(long bytes) {
        if (!huge || bytes > Long.MAX_VALUE - size) {
            return bytes;
        }
        return bytes + size - 1 & -size;
    }

    /** The beginning of the page that a byte is in. */
    long begin(long offset) {
        return offset & -size;
    }
}
