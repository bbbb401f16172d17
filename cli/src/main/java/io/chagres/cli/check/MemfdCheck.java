// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.BorrowedDescriptor;
import io.chagres.Mechanism;
import io.chagres.shm.Seal;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryOptions;
import io.chagres.sync.NamedSemaphore;
import io.chagres.sync.NamedSemaphoreEntry;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Two mailboxes in a memfd that is sealed against a change of its size, which the peer wants to see
 * before it maps it. A shell opens it for the peer under a number that that is told, since Java
 * closes what is beyond the standard streams in a child.
 */
final class MemfdCheck implements MechanismCheck {

    private static final int INHERITED = 8;
    private static final Set<Seal> SEALS = Set.of(Seal.SHRINK, Seal.GROW, Seal.SEAL);

    @Override
    public Mechanism mechanism() {
        return Mechanism.MEMFD;
    }

    @Override
    public int maxMessage() {
        return MailboxExchange.MAX_MESSAGE;
    }

    @Override
    public String note() {
        return "a sealed memfd with two mailboxes, named semaphores";
    }

    @Override
    public Exchange create(String name) throws IOException {
        SharedMemory memory =
                SharedMemory.anonymous(SharedMemoryOptions.ofSize(MailboxExchange.SIZE));
        try {
            memory.seal(SEALS);
            return new Driving(MailboxExchange.create(name, memory));
        } catch (IOException e) {
            memory.close();
            remove(name);
            throw e;
        }
    }

    @Override
    public Exchange join(String name) throws IOException {
        String[] parts = name.split(",", 2);
        SharedMemory memory = SharedMemory.adopt(Integer.parseInt(parts[0]));
        try {
            memory.requireSeals(SEALS);
        } catch (IOException e) {
            memory.close();
            throw e;
        }
        return MailboxExchange.join(parts[1], memory);
    }

    @Override
    public List<String> names() {
        try {
            return NamedSemaphore.list().stream().map(NamedSemaphoreEntry::name).toList();
        } catch (IOException e) {
            return List.of(); // not to be listed here, so nothing to be found
        }
    }

    @Override
    public void remove(String name) throws IOException {
        MailboxExchange.remove(name);
    }

    private static final class Driving implements Exchange {
        private final MailboxExchange exchange;

        Driving(MailboxExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public String peerName(String name) {
            return INHERITED + "," + name;
        }

        @Override
        public Process start(ProcessBuilder peer) throws IOException {
            try (BorrowedDescriptor fd = exchange.memory().borrow()) {
                long pid = ProcessHandle.current().pid();
                String open = INHERITED + "<>/proc/" + pid + "/fd/" + fd.fd();
                List<String> command = new ArrayList<>();
                command.addAll(List.of("sh", "-c", "exec \"$@\" " + open, "sh"));
                command.addAll(peer.command());
                return peer.command(command).start();
            }
        }

        @Override
        public boolean send(MemorySegment message, Duration timeout)
                throws IOException, InterruptedException {
            return exchange.send(message, timeout);
        }

        @Override
        public int receive(MemorySegment buffer, Duration timeout)
                throws IOException, InterruptedException {
            return exchange.receive(buffer, timeout);
        }

        @Override
        public void close() throws IOException {
            exchange.close();
        }
    }
}
