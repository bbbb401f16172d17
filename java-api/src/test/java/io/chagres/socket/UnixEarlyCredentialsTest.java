// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.MessageInfo;
import io.chagres.test.LeakCheck;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who has sent what was sent before anybody asked. */
@Tag("native")
class UnixEarlyCredentialsTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final MessageInfo info = new MessageInfo();

    private static MemorySegment bytes(int length) {
        return MemorySegment.ofArray(new byte[length]);
    }

    @Test
    void isUnknownRatherThanNobody() throws Exception {
        try (UnixDatagramChannel receiver = UnixDatagramChannel.bind(UnixAddress.unnamed());
                UnixDatagramChannel sender = UnixDatagramChannel.open()) {
            sender.send(bytes(1), Envelope.to(receiver.localAddress()));
            receiver.receiveCredentials(true);
            sender.send(bytes(2), Envelope.to(receiver.localAddress()));
            assertThat(receiver.receive(bytes(9), info)).isEqualTo(1);
            assertThat(info.credentials()).isEmpty();
            assertThat(receiver.receive(bytes(9), info)).isEqualTo(2);
            assertThat(info.credentials()).contains(PeerCredentials.own());
        }
    }

    @Test
    void isKnownWhereItWasAskedBeforeAnybodyCouldSend() throws Exception {
        BindOptions options = BindOptions.defaults().withReceiveCredentials(true);
        try (UnixDatagramChannel receiver =
                        UnixDatagramChannel.bind(UnixAddress.unnamed(), options);
                UnixDatagramChannel sender = UnixDatagramChannel.open()) {
            sender.send(bytes(1), Envelope.to(receiver.localAddress()));
            assertThat(receiver.receive(bytes(9), info)).isEqualTo(1);
            assertThat(info.credentials()).contains(PeerCredentials.own());
        }
        try (UnixServerChannel server = UnixServerChannel.bind(UnixAddress.unnamed(), options);
                UnixSocketChannel client = UnixSocketChannel.connect(server.localAddress())) {
            client.write(new byte[1]);
            try (UnixSocketChannel connection = server.accept()) {
                client.write(new byte[1]);
                assertThat(connection.read(bytes(1), info)).isEqualTo(1);
                assertThat(info.credentials()).contains(PeerCredentials.own());
                assertThat(connection.read(bytes(1), info)).isEqualTo(1);
                assertThat(info.credentials()).contains(PeerCredentials.own());
            }
        }
    }

    @Test
    void bytesAreInTheBufferAlsoWhenDescriptorsWereLost() throws Exception {
        try (SocketPair<UnixSeqPacketChannel> pair = UnixSeqPacketChannel.pair()) {
            Envelope three = Envelope.of(pair.first(), pair.first(), pair.first());
            pair.first().send(bytes(5), three);
            ByteBuffer target = ByteBuffer.allocate(9);
            MessageInfo one = MessageInfo.forDescriptors(1);
            Assertions.assertThatThrownBy(() -> pair.second().receive(target, one))
                    .hasMessageContaining("more than the 1 descriptors asked for");
            assertThat(target.position()).isEqualTo(5);
        }
    }
}
