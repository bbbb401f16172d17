// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.startup;

import io.chagres.shm.Mapping;
import io.chagres.shm.SharedMemory;
import java.io.IOException;
import java.lang.foreign.ValueLayout;

/** Creates shared memory, maps it, writes a number there and leaves nothing behind. */
final class OneMapping {

    private static final int SIZE = 4096;

    private OneMapping() {}

    public static void main(String[] args) throws IOException {
        String name = args[0];
        try (SharedMemory memory = SharedMemory.create(name, SIZE)) {
            SharedMemory.unlink(name);
            try (Mapping mapping = memory.map()) {
                mapping.segment().set(ValueLayout.JAVA_LONG, 0, 1);
                System.out.println(mapping.segment().get(ValueLayout.JAVA_LONG, 0));
            }
        }
    }
}
