// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.NotFoundException;
import io.chagres.shm.Mapping;
import io.chagres.shm.SharedMemory;
import io.chagres.sync.NamedSemaphore;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One side of a conversation through two mailboxes in one shared memory, requests first, with two
 * named semaphores for each.
 */
final class MailboxExchange implements Exchange {

    /** The longest message in bytes. */
    static final int MAX_MESSAGE = 64 * 1024;

    /** Bytes of the memory that both mailboxes need. */
    static final long SIZE = 2 * Mailbox.size(MAX_MESSAGE);

    private static final String[] SEMAPHORES = {
        ".requests-full", ".requests-empty", ".replies-full", ".replies-empty"
    };

    private final SharedMemory memory;
    private final Mapping mapping;
    private final List<NamedSemaphore> semaphores;
    private final Mailbox out;
    private final Mailbox in;

    private MailboxExchange(SharedMemory memory, List<NamedSemaphore> semaphores, boolean driving)
            throws IOException {
        this.memory = memory;
        this.semaphores = semaphores;
        this.mapping = memory.map();
        Mailbox requests = mailbox(0);
        Mailbox replies = mailbox(1);
        this.out = driving ? requests : replies;
        this.in = driving ? replies : requests;
    }

    /** The driver's side; closes the memory if it fails. */
    static MailboxExchange create(String name, SharedMemory memory) throws IOException {
        return open(name, memory, true);
    }

    /** The peer's side; closes the memory if it fails. */
    static MailboxExchange join(String name, SharedMemory memory) throws IOException {
        return open(name, memory, false);
    }

    private static MailboxExchange open(String name, SharedMemory memory, boolean driving)
            throws IOException {
        List<NamedSemaphore> semaphores = new ArrayList<>();
        try {
            for (String suffix : SEMAPHORES) {
                int permits = suffix.endsWith("empty") ? 1 : 0;
                String full = name + suffix;
                semaphores.add(
                        driving ? NamedSemaphore.create(full, permits) : NamedSemaphore.open(full));
            }
            return new MailboxExchange(memory, semaphores, driving);
        } catch (IOException e) {
            closeAll(semaphores, memory);
            throw e;
        }
    }

    /** Removes the names of the semaphores; none is no error. */
    static void remove(String name) throws IOException {
        for (String suffix : SEMAPHORES) {
            try {
                NamedSemaphore.unlink(name + suffix);
            } catch (NotFoundException e) {
                // removed already, which is what is wanted
            }
        }
    }

    private Mailbox mailbox(int number) {
        long size = SIZE / 2;
        return new Mailbox(
                mapping.segment().asSlice(number * size, size),
                semaphore(2 * number),
                semaphore(2 * number + 1));
    }

    private Mailbox.Semaphore semaphore(int number) {
        NamedSemaphore semaphore = semaphores.get(number);
        return new Mailbox.Semaphore() {
            @Override
            public boolean acquire(Duration timeout) throws IOException, InterruptedException {
                return semaphore.tryAcquire(timeout);
            }

            @Override
            public void release() throws IOException {
                semaphore.release();
            }
        };
    }

    /** The memory, for its descriptor. */
    SharedMemory memory() {
        return memory;
    }

    @Override
    public boolean send(MemorySegment message, Duration timeout)
            throws IOException, InterruptedException {
        return out.send(message, timeout);
    }

    @Override
    public int receive(MemorySegment buffer, Duration timeout)
            throws IOException, InterruptedException {
        return in.receive(buffer, timeout);
    }

    @Override
    public void close() throws IOException {
        mapping.close();
        closeAll(semaphores, memory);
    }

    private static void closeAll(List<NamedSemaphore> semaphores, SharedMemory memory)
            throws IOException {
        for (NamedSemaphore semaphore : semaphores) {
            semaphore.close();
        }
        memory.close();
    }
}
