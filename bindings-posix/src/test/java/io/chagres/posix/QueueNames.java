// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** For the leak check: which names of the tests still are queues, objects or semaphores. */
final class QueueNames {

    private QueueNames() {}

    static boolean exists(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cName = arena.allocateFrom(name);
            return Mqueue.mq_unlink(cName) == 0;
        }
    }
}
