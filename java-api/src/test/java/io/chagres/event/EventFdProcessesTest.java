// SPDX-License-Identifier: Apache-2.0
package io.chagres.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.pipe.AnonymousPipe;
import io.chagres.socket.Envelope;
import io.chagres.socket.UnixAddress;
import io.chagres.socket.UnixServerChannel;
import io.chagres.socket.UnixSocketChannel;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An eventfd between Chagres and the event loop of another process. */
@Tag("cross-process")
class EventFdProcessesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    private SecondProcess foreignLoop(Path path) throws Exception {
        Path root = Path.of(System.getProperty("chagres.root"));
        Path program = Path.of("java-api", "src", "test", "python", "foreign_loop.py");
        return SecondProcess.program("python3", root.resolve(program).toString(), path.toString());
    }

    @Test
    void anEventOfAPollerWakesAForeignLoopAndItsAnswerWakesThePoller() throws Exception {
        Path path = folder.resolve("loop");
        BlockingQueue<Long> answers = new LinkedBlockingQueue<>();
        try (UnixServerChannel server = UnixServerChannel.bind(UnixAddress.of(path));
                SecondProcess loop = foreignLoop(path);
                UnixSocketChannel connection = server.accept(PATIENCE);
                EventFd wakeUp = EventFd.create();
                EventFd answer = EventFd.create();
                AnonymousPipe pipe = AnonymousPipe.open();
                Poller poller = Poller.open()) {
            connection.write(MemorySegment.ofArray(new byte[1]), Envelope.of(wakeUp, answer));
            byte[] target = new byte[16];
            poller.register(
                    pipe.source(),
                    Set.of(Readiness.READABLE),
                    ready -> wakeUp.add(Math.max(0, pipe.source().tryRead(target))));
            poller.register(
                    answer, Set.of(Readiness.READABLE), ready -> answers.add(answer.tryTake()));
            assertThat(loop.readLine()).isEqualTo("watching");
            for (int i = 1; i <= 10; i++) {
                pipe.sink().write(new byte[i]);
                assertThat(loop.readLine()).isEqualTo("woken by " + i);
                assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo(i);
            }
            connection.shutdownOutput();
            assertThat(loop.exitCode()).isZero();
        }
    }

    @Test
    void whatWasAddedStaysWhenItsAdderIsKilled() throws Exception {
        Path path = folder.resolve("loop");
        try (UnixServerChannel server = UnixServerChannel.bind(UnixAddress.of(path));
                SecondProcess loop = foreignLoop(path);
                UnixSocketChannel connection = server.accept(PATIENCE);
                EventFd wakeUp = EventFd.create();
                EventFd answer = EventFd.createSemaphore(0)) {
            connection.write(MemorySegment.ofArray(new byte[1]), Envelope.of(wakeUp, answer));
            assertThat(loop.readLine()).isEqualTo("watching");
            wakeUp.add(2);
            assertThat(loop.readLine()).isEqualTo("woken by 2");
            assertThat(answer.take(PATIENCE)).isEqualTo(1);
            loop.kill();
            assertThat(answer.take(PATIENCE)).isEqualTo(1);
            assertThat(answer.tryTake()).isZero();
        }
    }
}
