// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import io.chagres.Mechanism;
import io.chagres.sync.NamedSemaphore;
import io.chagres.sync.NamedSemaphoreEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** POSIX named semaphores. */
final class PosixSemObjects implements ListedObjects {

    @Override
    public Mechanism mechanism() {
        return Mechanism.POSIX_SEM;
    }

    @Override
    public List<NamedObject> list() throws IOException {
        return NamedSemaphore.list().stream().map(this::object).toList();
    }

    @Override
    public void remove(String name) throws IOException {
        NamedSemaphore.unlink(name);
    }

    private NamedObject object(NamedSemaphoreEntry semaphore) {
        boolean known = semaphore.permits().isPresent();
        int permits = semaphore.permits().orElse(0);
        return new NamedObject(
                mechanism().id(),
                semaphore.name(),
                semaphore.owner(),
                semaphore.access().toString(),
                known ? permits + " permits" : "cannot be opened",
                known ? Map.of("permits", permits) : Map.of());
    }
}
