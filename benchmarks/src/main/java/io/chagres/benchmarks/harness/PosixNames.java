// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueEntry;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryEntry;
import io.chagres.sync.NamedSemaphore;
import io.chagres.sync.NamedSemaphoreEntry;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** Names of objects that are no files: those of an end that was killed are left. */
final class PosixNames {

    private PosixNames() {}

    private interface Listing {
        List<String> names() throws IOException;
    }

    private interface Removal {
        void of(String name) throws IOException;
    }

    /**
     * Removes as many as there are.
     *
     * @param prefix that they have, after the slash
     * @param wanted whether to remove one, by what it has after that
     */
    static void remove(String prefix, Predicate<String> wanted) {
        Predicate<String> chosen =
                name ->
                        name.startsWith("/" + prefix)
                                && wanted.test(name.substring(1 + prefix.length()));
        remove(
                () -> MessageQueue.list().stream().map(MessageQueueEntry::name).toList(),
                MessageQueue::unlink,
                chosen);
        remove(
                () -> SharedMemory.list().stream().map(SharedMemoryEntry::name).toList(),
                SharedMemory::unlink,
                chosen);
        remove(
                () -> NamedSemaphore.list().stream().map(NamedSemaphoreEntry::name).toList(),
                NamedSemaphore::unlink,
                chosen);
    }

    private static void remove(Listing listing, Removal removal, Predicate<String> chosen) {
        try {
            for (String name : listing.names()) {
                if (chosen.test(name)) {
                    removal.of(name);
                }
            }
        } catch (IOException | UnsupportedOperationException e) {
            // not to be listed here, or another's: the next run tries again
        }
    }
}
