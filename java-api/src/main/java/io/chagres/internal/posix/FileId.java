// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Stat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Which object it is, whatever its name.
 *
 * @param device of the file system
 * @param inode in it
 */
record FileId(long device, long inode) {

    static FileId of(int fd, String name) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stat = arena.allocate(Stat.LAYOUT);
            int result = Stat.fstat(fd, stat);
            if (result < 0) {
                throw PosixErrors.exception("fstat", name, result);
            }
            return of(stat);
        }
    }

    /** Of what a call of the stat family has set. */
    static FileId of(MemorySegment stat) {
        return new FileId(Stat.st_dev(stat), Stat.st_ino(stat));
    }

    /** Written out: that of a record is made at run time, which a start would pay for. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FileId id && id.device == device && id.inode == inode;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * device + inode);
    }
}
