// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.internal.Scratch;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What is in the counter of an eventfd, without taking it: the kernel tells in {@code fdinfo} of
 * the process, and nowhere else. Thread-safe; allocates nothing on the heap.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_fdinfo.5.html">
 *     proc_pid_fdinfo(5)</a>
 */
final class EventFdCount {

    /** The most that there can be, unsigned: one more would be no number for the kernel. */
    private static final long MAX = -2;

    private static final long FILE_SIZE = 512;

    /** Before the number, in hexadecimal and after spaces. */
    private static final String KEY = "eventfd-count:";

    private static final int HEXADECIMAL = 16;

    private final MemorySegment path;

    EventFdCount(int fd) {
        path = Arena.ofAuto().allocateFrom("/proc/self/fdinfo/" + fd);
    }

    /** Whether an add would not wait now; true where the kernel does not tell. */
    boolean hasRoomFor(long added) {
        int file = Fcntl.open(path, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC, 0);
        if (file < 0) {
            return true;
        }
        try (Scratch scratch = Scratch.of(FILE_SIZE)) {
            long length = Unistd.read(file, scratch.segment(), FILE_SIZE);
            return Long.compareUnsigned(parse(scratch.segment(), length), MAX - added) <= 0;
        } finally {
            Unistd.close(file);
        }
    }

    /** 0 when it is not there. */
    private static long parse(MemorySegment text, long length) {
        long at = 0;
        while (at + KEY.length() <= length && !hasKey(text, at)) {
            at++;
        }
        long value = 0;
        for (at += KEY.length(); at < length && character(text, at) != '\n'; at++) {
            int digit = Character.digit(character(text, at), HEXADECIMAL);
            value = digit < 0 ? value : value * HEXADECIMAL + digit;
        }
        return value;
    }

    private static boolean hasKey(MemorySegment text, long at) {
        // byte by byte: a mismatch of segments makes slices, which not every compilation leaves out
        for (int i = 0; i < KEY.length(); i++) {
            if (character(text, at + i) != KEY.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int character(MemorySegment text, long at) {
        return text.get(ValueLayout.JAVA_BYTE, at);
    }
}
