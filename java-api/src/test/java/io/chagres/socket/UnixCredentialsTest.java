// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.socket.SocketWay.Kind;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import io.chagres.test.Unprivileged;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is at the other end, as the kernel vouches for it. */
@Tag("native")
@Tag("cross-process")
class UnixCredentialsTest {

    private static final int NOBODY = 65534;

    /** Connects, has the answer that it was accepted, and becomes another program, as a user. */
    private static final String CLIENT =
            """
            import os, socket, sys
            s = socket.socket(socket.AF_UNIX)
            s.connect('\\0' + sys.argv[1])
            s.recv(1)
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            os.set_inheritable(s.fileno(), True)
            os.execv('/bin/sh', ['sh', '-c', 'echo became $(id -u) $$; read line'])
            """;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final UnixAddress address = UnixAddress.ofAbstract(TestNames.posix());

    private static void notConnected(PassedDescriptor.Adopter<Object> call) {
        assertThatThrownBy(() -> call.adopt(0))
                .isInstanceOfSatisfying(
                        IpcException.class, e -> assertThat(e.symbol()).isEqualTo("ENOTCONN"));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.cred/O86")
    void aPairIsThisProcess(Kind kind) throws Exception {
        long pid = ProcessHandle.current().pid();
        try (SocketWay way = SocketWay.open(kind)) {
            assertThat(PeerCredentials.own().pid()).isEqualTo(pid);
            for (UnixChannel each : List.of(way.sender(), way.receiver())) {
                assertThat(each.peerCredentials()).isEqualTo(PeerCredentials.own());
                assertThat(each.peerProcess()).contains(ProcessHandle.current());
            }
        }
    }

    @Test
    void aConnectionKnowsBothItsEnds() throws Exception {
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                UnixSocketChannel client = UnixSocketChannel.connect(address);
                UnixSocketChannel accepted = server.accept(UnixStreams.PATIENCE)) {
            assertThat(client.peerCredentials()).isEqualTo(PeerCredentials.own());
            assertThat(accepted.peerCredentials()).isEqualTo(PeerCredentials.own());
        }
    }

    @Test
    @Conforms("af_unix.cred/O85")
    void withoutAPeerTheyAreAnErrorAndAServerHasNone() throws Exception {
        try (UnixDatagramChannel alone = UnixDatagramChannel.bind(address);
                UnixDatagramChannel connected = UnixDatagramChannel.open().connect(address)) {
            notConnected(fd -> alone.peerCredentials());
            notConnected(fd -> alone.peerProcess());
            notConnected(fd -> connected.peerCredentials()); // no connection that could prove it
        }
        assertThat(Arrays.stream(UnixServer.class.getMethods()).map(Method::getName))
                .doesNotContain("peerCredentials", "peerProcess");
    }

    @Test
    @Conforms("af_unix.cred/O81")
    void theyAreThoseAtTheConnectWhateverTheClientBecomes() throws Exception {
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                SecondProcess client =
                        SecondProcess.program(
                                "python3", "-c", CLIENT, address.toString().substring(1));
                UnixSocketChannel accepted = server.accept(UnixStreams.PATIENCE)) {
            PeerCredentials own = PeerCredentials.own();
            PeerCredentials expected =
                    new PeerCredentials(accepted.peerCredentials().pid(), own.uid(), own.gid());
            assertThat(accepted.peerCredentials()).isEqualTo(expected);
            accepted.write(new byte[1]);
            long user = Unprivileged.isRoot() ? NOBODY : own.uid();
            assertThat(client.readLine()).isEqualTo("became " + user + " " + expected.pid());
            assertThat(accepted.peerCredentials()).isEqualTo(expected);
            assertThat(accepted.peerProcess().map(ProcessHandle::pid)).contains(expected.pid());
        }
    }

    @Test
    void aProcessThatHasEndedIsNotFoundWhoeverHasItsNumber() throws Exception {
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                SecondProcess client =
                        SecondProcess.program(
                                "python3", "-c", CLIENT, address.toString().substring(1));
                UnixSocketChannel accepted = server.accept(UnixStreams.PATIENCE)) {
            PeerCredentials credentials = accepted.peerCredentials();
            assertThat(accepted.peerProcess().map(ProcessHandle::pid)).contains(credentials.pid());
            client.kill();
            await().until(() -> accepted.peerProcess().isEmpty());
            assertThat(accepted.peerCredentials()).isEqualTo(credentials);
        }
    }

    @Test
    void aServerOfAnotherProcessIsSeenAsWhenItBeganToListen() throws Exception {
        try (SecondProcess other = SecondProcess.java(Serves.class, address.toString())) {
            assertThat(other.readLine()).isEqualTo("listens");
            try (UnixSocketChannel client =
                    UnixSocketChannel.connect(address, UnixStreams.PATIENCE)) {
                assertThat(client.peerCredentials().pid()).isEqualTo(other.pid());
                assertThat(client.peerCredentials().uid()).isEqualTo(PeerCredentials.own().uid());
                assertThat(client.peerProcess().map(ProcessHandle::pid)).contains(other.pid());
                other.kill();
                assertThat(client.peerProcess()).isEmpty();
                assertThat(client.peerCredentials().pid()).isEqualTo(other.pid());
            }
        }
    }

    /** Listens at an abstract name until it is ended. */
    static final class Serves {
        public static void main(String[] args) throws Exception {
            UnixAddress address = UnixAddress.ofAbstract(args[0].substring(1));
            try (UnixServerChannel server = UnixServerChannel.bind(address)) {
                System.out.println("listens");
                System.in.read();
                server.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void eachMessageTellsItsSenderIfThatIsAskedFor(Kind kind) throws Exception {
        MessageInfo info = new MessageInfo();
        MemorySegment target = UnixMessages.room(9);
        MemorySegment message = UnixMessages.segment("x");
        try (SocketWay way = SocketWay.open(kind)) {
            way.send(message, Envelope.empty());
            way.receive(target, info);
            assertThat(info.credentials()).isEmpty();
            way.receiver().receiveCredentials(true);
            way.send(message, Envelope.empty());
            way.receive(target, info);
            assertThat(info.credentials()).contains(PeerCredentials.own());
            way.send(message, Envelope.empty().withCredentials(PeerCredentials.own()));
            way.receive(target, info);
            assertThat(info.credentials()).contains(PeerCredentials.own());
            way.receiver().receiveCredentials(false);
            way.send(message, Envelope.empty());
            way.receive(target, info);
            assertThat(info.credentials()).isEmpty();
        }
    }

    @Test
    void eachDatagramTellsItsSenderOfSeveral() throws Exception {
        UnixAddress path = UnixAddress.ofAbstract(TestNames.posix());
        MessageInfo info = new MessageInfo();
        try (Unprivileged user = Unprivileged.create();
                UnixDatagramChannel receiver = UnixDatagramChannel.bind(path)) {
            receiver.receiveCredentials(true);
            List<String> command = user.javaCommand(SendsWithCredentials.class, path.toString());
            try (SecondProcess child = SecondProcess.command(command)) {
                MemorySegment target = UnixMessages.room(9);
                for (String each : List.of("own", "said")) {
                    assertThat(receiver.receive(target, info, UnixStreams.PATIENCE))
                            .isEqualTo(each.length());
                    PeerCredentials credentials = info.credentials().orElseThrow();
                    assertThat(credentials.pid()).isEqualTo(child.pid());
                    assertThat(credentials.uid())
                            .isEqualTo(
                                    Unprivileged.isRoot() ? NOBODY : PeerCredentials.own().uid());
                }
                for (String each : List.of("pid", "uid", "gid")) {
                    assertThat(child.readLine())
                            .startsWith(each + " AccessDeniedException send ")
                            .contains("EPERM")
                            .contains("the kernel refuses credentials that are not the sender's");
                }
                assertThat(child.exitCode()).isZero();
                assertThat(receiver.tryReceive(target, info)).isNegative();
            }
        }
    }

    /** Sends true credentials and false ones, and says how the false ones end. */
    static final class SendsWithCredentials {
        public static void main(String[] args) throws Exception {
            Envelope to = Envelope.to(UnixAddress.ofAbstract(args[0].substring(1)));
            PeerCredentials own = PeerCredentials.own();
            try (UnixDatagramChannel sender = UnixDatagramChannel.open()) {
                sender.send(message("own"), to);
                sender.send(message("said"), to.withCredentials(own));
                forge("pid", sender, to, new PeerCredentials(1, own.uid(), own.gid()));
                forge("uid", sender, to, new PeerCredentials(own.pid(), 0, own.gid()));
                forge("gid", sender, to, new PeerCredentials(own.pid(), own.uid(), 0));
            }
        }

        private static MemorySegment message(String text) {
            return MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8));
        }

        private static void forge(
                String what, UnixDatagramChannel sender, Envelope to, PeerCredentials forged)
                throws Exception {
            try {
                sender.send(message("forged"), to.withCredentials(forged));
                System.out.println(what + " was sent");
            } catch (IpcException e) {
                System.out.println(
                        what + " " + e.getClass().getSimpleName() + " " + e.getMessage());
            }
        }
    }

    @Test
    void whoMayDoEverythingMaySayItIsSomebodyElse() throws Exception {
        assumeTrue(Unprivileged.isRoot());
        MessageInfo info = new MessageInfo();
        try (SocketWay way = SocketWay.open(Kind.DATAGRAM)) {
            way.receiver().receiveCredentials(true);
            PeerCredentials other = new PeerCredentials(1, 12345, 54321);
            way.send(UnixMessages.segment("x"), Envelope.empty().withCredentials(other));
            way.receive(UnixMessages.room(9), info);
            assertThat(info.credentials()).contains(other);
        }
    }

    @Test
    void idsHaveTheirRange() {
        long max = 0xffff_ffffL;
        assertThat(new PeerCredentials(Integer.MAX_VALUE, max, max).uid()).isEqualTo(max);
        for (long[] each :
                new long[][] {{-1, 0, 0}, {1L << 31, 0, 0}, {1, -1, 0}, {1, 0, max + 1}}) {
            assertThatThrownBy(() -> new PeerCredentials(each[0], each[1], each[2]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
