// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.MessageInfo;
import io.chagres.socket.UnixAddress;
import io.chagres.socket.UnixDatagramChannel;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Datagrams: each side has an address, and sends to that of the other. */
final class UnixAddressing implements UnixRendezvous {

    private static final String DRIVER = ".driver";
    private static final String PEER = ".peer";

    @Override
    public List<String> suffixes() {
        return List.of(DRIVER, PEER);
    }

    private static UnixDatagramChannel bind(String path) throws IOException {
        UnixDatagramChannel channel = UnixDatagramChannel.bind(UnixAddress.of(path), NEW_PATH);
        try {
            channel.receiveCredentials(true); // before the other side sends
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public Place open(String path) throws IOException {
        UnixDatagramChannel channel = bind(path + DRIVER);
        return new Place() {
            // the first message says that the peer has its address, and is left for later
            @Override
            public Optional<UnixLink> await(Duration timeout)
                    throws IOException, InterruptedException {
                MessageInfo first = new MessageInfo();
                MemorySegment nothing = MemorySegment.ofArray(new byte[1]);
                if (channel.peek(nothing, first, timeout) < 0) {
                    return Optional.empty();
                }
                UnixAddress peer = UnixAddress.of(path + PEER);
                if (!first.sender().equals(peer)) {
                    throw new IOException(
                            "a message came from the address " + first.sender() + ", not " + peer);
                }
                return Optional.of(new UnixMessageLink(channel.connect(peer), false));
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    @Override
    public UnixLink join(String path) throws IOException {
        UnixDatagramChannel channel = bind(path + PEER);
        try {
            return new UnixMessageLink(channel.connect(UnixAddress.of(path + DRIVER)), false);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
