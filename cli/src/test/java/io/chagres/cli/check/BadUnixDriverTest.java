// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Mechanism;
import io.chagres.MessageInfo;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.shm.MapOptions;
import io.chagres.shm.Mapping;
import io.chagres.shm.Seal;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryOptions;
import io.chagres.socket.Envelope;
import io.chagres.socket.UnixAddress;
import io.chagres.socket.UnixServerChannel;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both peers for Unix stream sockets, in the hands of a driver that is not what it should be. */
@Tag("cross-process")
class BadUnixDriverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long OWN_PID = ProcessHandle.current().pid();

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    /** What the driver passes in its greeting. */
    private interface Passing {
        Envelope envelope() throws Exception;
    }

    private int exitCodeOf(PeerKind kind, long pid, Passing passing) throws Exception {
        Path path = folder.resolve("socket");
        UnixAddress address = UnixAddress.of(path + ".server");
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                SecondProcess peer = start(kind, pid + "," + path);
                UnixStreamLink link = new UnixStreamLink(server.accept(PATIENCE));
                Arena arena = Arena.ofConfined()) {
            link.expect(UnixPeer.of(peer.pid()));
            MemorySegment greeting = arena.allocate(Payload.FIXED_LENGTH);
            if (pid == OWN_PID) {
                assertThat(link.receive(greeting, new MessageInfo(), PATIENCE))
                        .isEqualTo(Payload.FIXED_LENGTH);
                Payload.fill(greeting, 1, Payload.REQUEST);
                assertThat(link.send(greeting, passing.envelope(), PATIENCE)).isTrue();
            }
            return peer.exitCode();
        }
    }

    private static SecondProcess start(PeerKind kind, String name) throws Exception {
        List<String> arguments =
                List.of(name, Integer.toString(UnixCheck.MAX_MESSAGE), "0", "1", "0");
        if (kind == PeerKind.JAVA) {
            List<String> all = new ArrayList<>(List.of(Mechanism.UNIX_STREAM.id()));
            all.addAll(arguments);
            return SecondProcess.java(PeerMain.class, all.toArray(new String[0]));
        }
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("chagres.peers") + "/" + Mechanism.UNIX_STREAM.id());
        command.addAll(arguments);
        return SecondProcess.command(command);
    }

    @ParameterizedTest
    @EnumSource
    void anotherProcessThanItSaysIsRefused(PeerKind kind) throws Exception {
        assertThat(exitCodeOf(kind, OWN_PID + 1, Envelope::empty)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aGreetingWithoutADescriptorIsRefused(PeerKind kind) throws Exception {
        assertThat(exitCodeOf(kind, OWN_PID, Envelope::empty)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aDescriptorOfSomethingElseIsRefused(PeerKind kind) throws Exception {
        try (AnonymousPipe pipe = AnonymousPipe.open()) {
            assertThat(exitCodeOf(kind, OWN_PID, () -> Envelope.of(pipe.source()))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void memoryThatCanStillBeChangedIsRefused(PeerKind kind) throws Exception {
        try (SharedMemory memory = SharedMemory.anonymous(SharedMemoryOptions.ofSize(4096))) {
            assertThat(exitCodeOf(kind, OWN_PID, () -> Envelope.of(memory))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void memoryWithAWrongByteIsRefused(PeerKind kind) throws Exception {
        try (SharedMemory memory = SharedMemory.anonymous(SharedMemoryOptions.ofSize(4096))) {
            try (Mapping mapping = memory.map();
                    SharedMemory right = UnixLetter.write(5, Payload.REQUEST);
                    Mapping whole = right.map(MapOptions.readOnly())) {
                mapping.segment().copyFrom(whole.segment());
                byte last = mapping.segment().get(ValueLayout.JAVA_BYTE, 4095);
                mapping.segment().set(ValueLayout.JAVA_BYTE, 4095, (byte) (last + 1));
            }
            memory.seal(Set.of(Seal.SHRINK, Seal.GROW, Seal.WRITE, Seal.SEAL));
            assertThat(exitCodeOf(kind, OWN_PID, () -> Envelope.of(memory))).isEqualTo(2);
        }
    }
}
