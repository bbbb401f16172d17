// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.MessageInfo;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.posix.Sockets;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("native")
class AdoptedServerTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    /** As a service manager makes it that is asked to pass credentials. */
    private static int serverThatIsToldWhoSends(UnixAddress address) throws Exception {
        int fd = UnixServerChannel.bind(address).detach();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment yes = arena.allocateFrom(ValueLayout.JAVA_INT, 1);
            int option = Sockets.SO_PASSCRED;
            assertThat(Sockets.setsockopt(fd, Sockets.SOL_SOCKET, option, yes, Integer.BYTES))
                    .isZero();
        }
        return fd;
    }

    /** From Linux 6.16 on its connections are told too, which needs room beside descriptors. */
    @Test
    void theConnectionsOfOneThatIsToldWhoSendsGetDescriptors() throws Exception {
        UnixAddress address = UnixAddress.ofAbstract(TestNames.posix());
        MessageInfo info = MessageInfo.forDescriptors(1);
        try (UnixServerChannel server = UnixServerChannel.adopt(serverThatIsToldWhoSends(address));
                UnixSocketChannel client = UnixSocketChannel.connect(address);
                UnixSocketChannel connection = server.accept();
                AnonymousPipe pipe = AnonymousPipe.open()) {
            MemorySegment message = MemorySegment.ofArray(new byte[1]);
            client.write(message, Envelope.of(pipe.source()));
            assertThat(connection.read(message, info)).isEqualTo(1);
            assertThat(info.descriptorCount()).isEqualTo(1);
            info.closeDescriptors();
        }
    }
}
