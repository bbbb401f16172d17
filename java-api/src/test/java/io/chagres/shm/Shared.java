// SPDX-License-Identifier: Apache-2.0
package io.chagres.shm;

import io.chagres.IpcException;
import io.chagres.NotFoundException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the tests of shared memory share. Without a library of tests, for second processes. */
final class Shared {

    private Shared() {}

    /** For the leak check: whether there is an object of that name, which is removed. */
    static boolean exists(String name) {
        try {
            SharedMemory.unlink(name);
            return true;
        } catch (NotFoundException e) {
            return false;
        } catch (IpcException e) {
            return true;
        }
    }

    static void removeIfThere(String name) throws IpcException {
        try {
            SharedMemory.unlink(name);
        } catch (NotFoundException e) {
            // the test removed it itself
        }
    }

    static Path file(String name) {
        return Path.of("/dev/shm" + name);
    }

    static void fill(MemorySegment memory, long seed) {
        for (long i = 0; i < memory.byteSize() / Long.BYTES; i++) {
            memory.setAtIndex(ValueLayout.JAVA_LONG, i, (seed + i) * 0x9e3779b97f4a7c15L);
        }
    }

    /** Whether all of it is what {@link #fill} made of the seed. */
    static boolean isFilled(MemorySegment memory, long seed) {
        for (long i = 0; i < memory.byteSize() / Long.BYTES; i++) {
            if (memory.getAtIndex(ValueLayout.JAVA_LONG, i) != (seed + i) * 0x9e3779b97f4a7c15L) {
                return false;
            }
        }
        return true;
    }

    /** Mappings of this process of which the kernel shows a part of the name. */
    static long mappings(String part) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains(part))
                .count();
    }

    /** A number that the kernel tells of this process, such as {@code VmLck}. */
    static long status(String field) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
        for (String line : lines) {
            if (line.startsWith(field + ":")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new AssertionError("no " + field);
    }

    /** An exception in one line, for a second process to print. */
    static String said(IpcException e) {
        return String.join(
                " ", e.getClass().getSimpleName(), e.operation(), e.objectName(), e.symbol());
    }
}
