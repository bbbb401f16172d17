// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Mechanism;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Unix domain sockets of one type, with paths among the temporary files. Before the messages a
 * descriptor is passed each way, and each side verifies that the other is the process that it
 * should be: see {@link UnixGreeting}.
 */
final class UnixCheck implements MechanismCheck {

    /** The longest message in bytes, well below what a socket's buffer has by default. */
    static final int MAX_MESSAGE = 64 * 1024;

    private final Mechanism mechanism;
    private final UnixRendezvous rendezvous;
    private final String note;

    /**
     * @param mechanism whose row it is
     * @param note of the row
     */
    UnixCheck(Mechanism mechanism, UnixRendezvous rendezvous, String note) {
        this.mechanism = mechanism;
        this.rendezvous = rendezvous;
        this.note = note;
    }

    @Override
    public Mechanism mechanism() {
        return mechanism;
    }

    @Override
    public int maxMessage() {
        return MAX_MESSAGE;
    }

    @Override
    public String note() {
        return note;
    }

    @Override
    public Exchange create(String name) throws IOException {
        String path = CheckFiles.path(name);
        return new Driving(path, rendezvous.open(path));
    }

    @Override
    public Exchange join(String name) throws IOException, InterruptedException {
        String[] parts = name.split(",", 2);
        UnixLink link = rendezvous.join(parts[1]);
        try {
            UnixGreeting.answer(link, UnixPeer.of(Long.parseLong(parts[0])));
            return link;
        } catch (IOException | InterruptedException e) {
            link.close();
            throw e;
        }
    }

    @Override
    public List<String> names() {
        return CheckFiles.names();
    }

    @Override
    public void remove(String name) throws IOException {
        for (String suffix : rendezvous.suffixes()) {
            CheckFiles.removeSocket(Path.of(CheckFiles.path(name) + suffix));
        }
    }

    private static final class Driving implements Exchange {
        private final String path;
        private final UnixRendezvous.Place place;
        private @Nullable UnixLink link;

        Driving(String path, UnixRendezvous.Place place) {
            this.path = path;
            this.place = place;
        }

        /** With the process that the peer has to find at the other end. */
        @Override
        public String peerName(String name) {
            return ProcessHandle.current().pid() + "," + path;
        }

        @Override
        public void meet(PeerProcess.Look peer) throws IOException, InterruptedException {
            Optional<UnixLink> found = place.await(PeerProcess.LOOK);
            while (found.isEmpty()) {
                peer.requireInTime("come");
                found = place.await(PeerProcess.LOOK);
            }
            link = found.get();
            UnixGreeting.drive(found.get(), UnixPeer.of(peer.pid()), peer::requireInTime);
        }

        private UnixLink link() throws IOException {
            UnixLink present = link;
            if (present == null) {
                throw new IOException("the peer has not come");
            }
            return present;
        }

        @Override
        public boolean send(MemorySegment message, Duration timeout)
                throws IOException, InterruptedException {
            return link().send(message, timeout);
        }

        @Override
        public int receive(MemorySegment buffer, Duration timeout)
                throws IOException, InterruptedException {
            return link().receive(buffer, timeout);
        }

        @Override
        public void close() throws IOException {
            try {
                if (link != null) {
                    link.close();
                }
            } finally {
                place.close();
            }
        }
    }
}
