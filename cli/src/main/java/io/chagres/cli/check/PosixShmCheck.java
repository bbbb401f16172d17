// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Mechanism;
import io.chagres.NotFoundException;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryEntry;
import io.chagres.sync.NamedSemaphore;
import io.chagres.sync.NamedSemaphoreEntry;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Shared memory and named semaphores, each of which needs the other for an exchange: two mailboxes
 * in one named object.
 */
final class PosixShmCheck implements MechanismCheck {

    private final Mechanism mechanism;
    private final String note;

    /**
     * @param mechanism whose row it is
     * @param note of the row
     */
    PosixShmCheck(Mechanism mechanism, String note) {
        this.mechanism = mechanism;
        this.note = note;
    }

    @Override
    public Mechanism mechanism() {
        return mechanism;
    }

    @Override
    public int maxMessage() {
        return MailboxExchange.MAX_MESSAGE;
    }

    @Override
    public String note() {
        return note;
    }

    @Override
    public Exchange create(String name) throws IOException {
        try {
            SharedMemory memory = SharedMemory.create(name, MailboxExchange.SIZE);
            return MailboxExchange.create(name, memory);
        } catch (IOException e) {
            remove(name);
            throw e;
        }
    }

    @Override
    public Exchange join(String name) throws IOException {
        return MailboxExchange.join(name, SharedMemory.open(name));
    }

    @Override
    public List<String> names() {
        try {
            return Stream.concat(
                            SharedMemory.list().stream().map(SharedMemoryEntry::name),
                            NamedSemaphore.list().stream().map(NamedSemaphoreEntry::name))
                    .toList();
        } catch (IOException e) {
            return List.of(); // not to be listed here, so nothing to be found
        }
    }

    @Override
    public void remove(String name) throws IOException {
        MailboxExchange.remove(name);
        try {
            SharedMemory.unlink(name);
        } catch (NotFoundException e) {
            // removed already, which is what is wanted
        }
    }
}
