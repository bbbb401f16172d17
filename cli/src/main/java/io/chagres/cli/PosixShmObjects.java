// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import io.chagres.Mechanism;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** POSIX shared memory objects. */
final class PosixShmObjects implements ListedObjects {

    @Override
    public Mechanism mechanism() {
        return Mechanism.POSIX_SHM;
    }

    @Override
    public List<NamedObject> list() throws IOException {
        return SharedMemory.list().stream().map(this::object).toList();
    }

    @Override
    public void remove(String name) throws IOException {
        SharedMemory.unlink(name);
    }

    private NamedObject object(SharedMemoryEntry memory) {
        return new NamedObject(
                mechanism().id(),
                memory.name(),
                memory.owner(),
                memory.access().toString(),
                memory.size() + " bytes",
                Map.of("size", memory.size()));
    }
}
