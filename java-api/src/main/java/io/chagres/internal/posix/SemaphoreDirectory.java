// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.internal.SemaphoreBackend.Found;
import io.chagres.posix.Semaphores;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** The semaphores that exist: the C library keeps each in a file of /dev/shm. */
final class SemaphoreDirectory {

    private SemaphoreDirectory() {}

    static List<Found> list() throws IOException {
        return ShmDirectory.list().stream()
                .filter(file -> file.name().startsWith(SemaphoreOpener.PREFIX))
                .filter(file -> file.size() >= Semaphores.SIZE)
                .map(SemaphoreDirectory::found)
                .toList();
    }

    private static Found found(ShmDirectory.Entry file) {
        String name = "/" + file.name().substring(SemaphoreOpener.PREFIX.length());
        return new Found(name, file.owner(), file.access(), permits(name));
    }

    private static OptionalInt permits(String name) {
        try {
            PosixSemaphore semaphore = SemaphoreOpener.INSTANCE.open(name);
            try {
                return OptionalInt.of(semaphore.value());
            } finally {
                semaphore.close();
            }
        } catch (IpcException e) {
            return OptionalInt.empty(); // not ours to open, or gone
        }
    }
}
