// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.PeerGoneException;
import io.chagres.test.LeakCheck;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sender that waits for room finds out that there will be none. */
@Tag("native")
class UnixHalfCloseTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private static Executor threads(boolean virtual) {
        return virtual
                ? task -> Thread.ofVirtual().start(task)
                : task -> Thread.ofPlatform().start(task);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void ofAStream(boolean virtual, boolean own) throws Exception {
        try (SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair()) {
            while (pair.first().tryWrite(new byte[4096]) > 0) {
                // until it is full
            }
            CompletableFuture<Integer> sender = new CompletableFuture<>();
            threads(virtual)
                    .execute(
                            () -> {
                                try {
                                    sender.complete(pair.first().write(new byte[60_000], LONG));
                                } catch (Exception e) {
                                    sender.completeExceptionally(e);
                                }
                            });
            Thread.sleep(100);
            assertThat(sender).isNotDone();
            if (own) {
                pair.first().shutdownOutput();
            } else {
                pair.second().shutdownInput();
            }
            assertThatThrownBy(() -> sender.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(PeerGoneException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void ofMessages(boolean virtual, boolean own) throws Exception {
        try (SocketPair<UnixSeqPacketChannel> pair = UnixSeqPacketChannel.pair()) {
            while (pair.first().trySend(UnixMessages.room(4096))) {
                // until it is full
            }
            CompletableFuture<Boolean> sender = new CompletableFuture<>();
            threads(virtual)
                    .execute(
                            () -> {
                                try {
                                    boolean sent =
                                            pair.first().trySend(UnixMessages.room(4096), LONG);
                                    sender.complete(sent);
                                } catch (Exception e) {
                                    sender.completeExceptionally(e);
                                }
                            });
            Thread.sleep(100);
            assertThat(sender).isNotDone();
            if (own) {
                pair.first().shutdownOutput();
            } else {
                pair.second().shutdownInput();
            }
            assertThatThrownBy(() -> sender.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(PeerGoneException.class);
        }
    }
}
