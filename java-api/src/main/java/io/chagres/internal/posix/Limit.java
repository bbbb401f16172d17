// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.posix.Resource;
import io.chagres.posix.Rlimit;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A limit and its present value.
 *
 * @param name as the system spells it
 * @param value -1 when there is none or it cannot be read
 * @param remedy how to raise it
 */
record Limit(String name, long value, String remedy) {

    /** A kernel parameter such as {@code fs.mqueue.msg_max}. */
    static Limit sysctl(String name) {
        Path file = Path.of("/proc/sys", name.replace('.', '/'));
        long value;
        try (BufferedReader reader =
                Files.newBufferedReader(file)) { // only a first read tells it all
            value = Long.parseLong(String.valueOf(reader.readLine()).strip());
        } catch (IOException | NumberFormatException e) {
            value = -1; // a container without it: the name alone still helps
        }
        return new Limit(name, value, "raise it with sysctl -w " + name + "=N");
    }

    /**
     * A limit of this process.
     *
     * @param name such as {@code RLIMIT_NOFILE}
     * @param resource its number
     * @param flag the letter that {@code ulimit} has for it
     */
    static Limit rlimit(String name, int resource, String flag) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocate(Rlimit.LAYOUT);
            long value = Resource.getrlimit(resource, limit) < 0 ? -1 : Rlimit.rlim_cur(limit);
            return new Limit(name, value, "raise it with ulimit -" + flag + " before java starts");
        }
    }

    String describe() {
        return "the limit is " + name + ", now " + (value < 0 ? "unknown" : value) + ": " + remedy;
    }
}
