// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Ipc;
import io.chagres.MessageInfo;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.pipe.PipeSink;
import io.chagres.shm.MapOptions;
import io.chagres.shm.Mapping;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryOptions;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.Threads;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Talks to a peer in another language, of either role and by each type of socket: descriptors and
 * credentials go both ways, then messages.
 */
abstract class ForeignPeerContract {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private static final int MESSAGES = 200;
    private static final byte[] TWO_DESCRIPTORS = "two descriptors.".getBytes(US_ASCII);
    private static final byte[] AND_WHO = "and who sends it".getBytes(US_ASCII);
    private static final byte[] MEMORY_OF_JAVA = "memory of Java".getBytes(US_ASCII);
    private static final byte[] MEMORY_OF_PEER = "memory of a peer".getBytes(US_ASCII);
    private static final byte[] WRITTEN_BY_JAVA = "written by Java".getBytes(US_ASCII);
    private static final byte[] WRITTEN_BY_PEER = "written by a peer".getBytes(US_ASCII);

    @TempDir Path folder;

    /** The program and its first arguments. */
    abstract List<String> command();

    static List<Arguments> threadsAndTypes() {
        return Threads.with((Object[]) ForeignPeer.Type.values());
    }

    private SecondProcess start(String role, ForeignPeer.Type type, Path path) throws Exception {
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of(role, type.word(), path.toString()));
        command.add(Long.toString(ProcessHandle.current().pid()));
        return SecondProcess.command(command);
    }

    @ParameterizedTest
    @MethodSource("threadsAndTypes")
    void aClientInAnotherLanguageTalksToAJavaServer(Threads threads, ForeignPeer.Type type)
            throws Exception {
        Path path = folder.resolve("server");
        try (ForeignPeer.Place place = type.bind(path);
                SecondProcess client = start("client", type, path)) {
            Caller<Boolean> serving =
                    Caller.start(
                            threads,
                            () -> {
                                try (ForeignPeer peer = place.acceptor().accept()) {
                                    return converse(peer, client, false);
                                }
                            });
            assertThat(serving.result()).isTrue();
            assertThat(client.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("threadsAndTypes")
    void aJavaClientTalksToAServerInAnotherLanguage(Threads threads, ForeignPeer.Type type)
            throws Exception {
        Path path = folder.resolve("server");
        try (SecondProcess server = start("server", type, path)) {
            assertThat(server.readLine()).isEqualTo("ready");
            Caller<Boolean> calling =
                    Caller.start(
                            threads,
                            () -> {
                                try (ForeignPeer peer = type.connect(path)) {
                                    return converse(peer, server, true);
                                }
                            });
            assertThat(calling.result()).isTrue();
            assertThat(server.exitCode()).isZero();
        }
    }

    private static boolean converse(ForeignPeer peer, SecondProcess process, boolean greetsFirst)
            throws Exception {
        peer.channel().receiveCredentials(true);
        try (AnonymousPipe pipe = AnonymousPipe.open()) {
            if (greetsFirst) {
                greet(peer, pipe);
            }
            beGreeted(peer, process.pid());
            if (!greetsFirst) {
                greet(peer, pipe);
            }
            pipe.sink().close();
            byte[] answer = new byte[WRITTEN_BY_PEER.length];
            assertThat(pipe.source().readFully(answer)).isEqualTo(answer.length);
            assertThat(answer).isEqualTo(WRITTEN_BY_PEER);
            assertThat(pipe.source().read(answer)).isEqualTo(Ipc.EOF);
        }
        assertThat(process.readLine()).isEqualTo("greeted");
        echo(peer);
        peer.end();
        return true;
    }

    private static void greet(ForeignPeer peer, AnonymousPipe pipe) throws Exception {
        SharedMemoryOptions options = SharedMemoryOptions.ofSize(MEMORY_OF_JAVA.length);
        try (SharedMemory memory = SharedMemory.anonymous(options)) {
            try (Mapping mapping = memory.map()) {
                mapping.segment().copyFrom(MemorySegment.ofArray(MEMORY_OF_JAVA));
            }
            peer.send(TWO_DESCRIPTORS, Envelope.of(memory, pipe.sink()));
        }
        peer.send(AND_WHO, Envelope.empty().withCredentials(PeerCredentials.own()));
    }

    private static void beGreeted(ForeignPeer peer, long pid) throws Exception {
        MessageInfo info = MessageInfo.forDescriptors(2);
        assertThat(peer.receive(new byte[TWO_DESCRIPTORS.length], info)).isEqualTo(TWO_DESCRIPTORS);
        assertThat(info.descriptorCount()).isEqualTo(2);
        try (PassedDescriptor first = info.takeDescriptor();
                PassedDescriptor second = info.takeDescriptor();
                SharedMemory memory = first.as(SharedMemory::adopt);
                Mapping mapping = memory.map(MapOptions.readOnly());
                PipeSink sink = second.as(PipeSink::adopt)) {
            assertThat(mapping.segment().mismatch(MemorySegment.ofArray(MEMORY_OF_PEER)))
                    .isEqualTo(-1);
            sink.write(WRITTEN_BY_JAVA);
        }
        assertThat(peer.receive(new byte[AND_WHO.length], info)).isEqualTo(AND_WHO);
        assertThat(info.descriptorCount()).isZero();
        PeerCredentials own = PeerCredentials.own();
        PeerCredentials who = new PeerCredentials(pid, own.uid(), own.gid());
        assertThat(info.credentials()).contains(who);
        if (!(peer.channel() instanceof UnixDatagramChannel)) {
            assertThat(peer.channel().peerCredentials()).isEqualTo(who);
        }
    }

    private static void echo(ForeignPeer peer) throws Exception {
        Random random = new Random(7);
        MessageInfo info = new MessageInfo();
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = new byte[1 + random.nextInt(i % 10 == 0 ? ForeignPeer.LONGEST : 100)];
            random.nextBytes(message);
            peer.send(message, Envelope.empty());
            assertThat(peer.receive(new byte[message.length], info)).isEqualTo(message);
        }
    }
}
