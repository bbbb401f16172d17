// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Ipc;
import io.chagres.MessageInfo;
import io.chagres.PeerGoneException;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.pipe.PipeSink;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer is killed at each step of an exchange of descriptors. */
@Tag("native")
@Tag("cross-process")
class KilledExchangeTest {

    private static final List<String> STEPS =
            List.of("connected", "asked", "half", "whole", "answered", "received", "thanked");

    /**
     * Asks, with a descriptor; then half of a frame, and the other half; receives an answer, with a
     * descriptor; thanks. Kills itself after the step that it is told, before the next one.
     */
    private static final String SCRIPT =
            """
            import os, signal, socket, sys
            def step(name):
                print(name, flush=True)
                if name == sys.argv[2]:
                    os.kill(os.getpid(), signal.SIGKILL)
            s = socket.socket(socket.AF_UNIX, getattr(socket, sys.argv[3]))
            s.connect(sys.argv[1])
            step("connected")
            r, w = os.pipe()
            socket.send_fds(s, [b"request!"], [w])
            os.close(w)
            step("asked")
            s.send(b"fram")
            step("half")
            s.send(b"e...")
            step("whole")
            s.recv(1, socket.MSG_PEEK)
            step("answered")
            data, fds, flags, address = socket.recv_fds(s, 100, 10)
            step("received")
            os.write(fds[0], data)
            s.send(b"thanks..")
            step("thanked")
            """;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    static List<Arguments> eachStepOfEachKind() {
        List<Arguments> all = new ArrayList<>();
        for (String step : STEPS) {
            all.add(Arguments.of(step, "SOCK_STREAM"));
            all.add(Arguments.of(step, "SOCK_SEQPACKET"));
        }
        return all;
    }

    /** What has come of the exchange: its steps as they are seen here. */
    private final List<String> seen = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("eachStepOfEachKind")
    void theSurvivorSeesTheEndAndKeepsNothing(String step, String type) throws Exception {
        UnixAddress address = UnixAddress.of(folder.resolve("server"));
        boolean stream = type.equals("SOCK_STREAM");
        try (UnixServerChannel streams = stream ? UnixServerChannel.bind(address) : null;
                UnixSeqPacketServerChannel records =
                        stream ? null : UnixSeqPacketServerChannel.bind(address);
                SecondProcess child =
                        SecondProcess.program(
                                "python3", "-c", SCRIPT, address.toString(), step, type);
                AnonymousPipe answer = AnonymousPipe.open()) {
            try (UnixChannel channel =
                    stream
                            ? streams.accept(UnixWaits.PATIENCE)
                            : records.accept(UnixWaits.PATIENCE)) {
                exchange(channel, answer);
            } catch (PeerGoneException e) {
                seen.add("gone");
            }
            awaitStep(child, step);
            assertThat(child.exitCode()).isEqualTo(128 + 9);
            check(step, answer);
        }
    }

    private static void awaitStep(SecondProcess child, String step) throws Exception {
        for (String each : STEPS.subList(0, STEPS.indexOf(step) + 1)) {
            assertThat(child.readLine()).isEqualTo(each);
        }
    }

    private void exchange(UnixChannel channel, AnonymousPipe answer) throws Exception {
        MessageInfo info = MessageInfo.forDescriptors(4);
        MemorySegment target = MemorySegment.ofArray(new byte[8]);
        try {
            if (receive(channel, target, info) < 0) {
                seen.add("end");
                return;
            }
            seen.add("request with " + info.descriptorCount());
            try (PipeSink passed = info.takeDescriptor().as(PipeSink::adopt)) {
                for (int i = 0; i < 2; i++) {
                    if (receive(channel, target.asSlice(0, 4), info) < 0) {
                        seen.add("end");
                        return;
                    }
                }
                seen.add("frame");
                send(channel, answer.sink());
                long count = receive(channel, target, info);
                seen.add(count < 0 ? "end" : "thanks");
                assertThat(passed.isOpen()).isTrue();
            }
        } finally {
            info.closeDescriptors();
        }
    }

    private static long receive(UnixChannel channel, MemorySegment target, MessageInfo info)
            throws Exception {
        return channel instanceof UnixSocketChannel stream
                ? stream.read(target, info, UnixWaits.PATIENCE)
                : ((UnixSeqPacketChannel) channel).receive(target, info, UnixWaits.PATIENCE);
    }

    private static void send(UnixChannel channel, PipeSink sink) throws Exception {
        MemorySegment message = MemorySegment.ofArray("answer".getBytes(StandardCharsets.UTF_8));
        Envelope envelope = Envelope.of(sink);
        if (channel instanceof UnixSocketChannel stream) {
            stream.write(message, envelope, UnixWaits.PATIENCE);
        } else {
            ((UnixSeqPacketChannel) channel).trySend(message, envelope, UnixWaits.PATIENCE);
        }
    }

    /** The copy of the descriptor that was on its way has gone with the peer. */
    private void check(String step, AnonymousPipe answer) throws Exception {
        List<String> expected =
                switch (step) {
                    case "connected" -> List.of("end");
                    case "asked", "half" -> List.of("request with 1", "end");
                    case "whole" ->
                            seen.contains("end") // or the answer was refused, or lost
                                    ? List.of("request with 1", "frame", "end")
                                    : List.of("request with 1", "frame", "gone");
                    case "answered" -> List.of("request with 1", "frame", "gone");
                    case "received" -> List.of("request with 1", "frame", "end");
                    default -> List.of("request with 1", "frame", "thanks");
                };
        assertThat(seen).isEqualTo(expected);
        answer.sink().close();
        byte[] target = new byte[10];
        if (step.equals("thanked")) {
            assertThat(answer.source().read(target, UnixWaits.PATIENCE)).isEqualTo(6);
        }
        assertThat(answer.source().read(target, UnixWaits.PATIENCE)).isEqualTo(Ipc.EOF);
    }
}
