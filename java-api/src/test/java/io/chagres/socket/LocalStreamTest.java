// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.PeerGoneException;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A local connection as a stream. */
@Tag("native")
class LocalStreamTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private static MemorySegment bytes(String text) {
        return MemorySegment.ofArray(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void bytesGoBothWaysInTheirOrder(Threads threads) throws Exception {
        int size = (1 << 20) + 3;
        byte[] content = new byte[size];
        new Random(7).nextBytes(content);
        try (LocalEnds ends = LocalEnds.open(LocalMode.STREAM);
                Arena arena = Arena.ofShared()) {
            MemorySegment out = arena.allocate(size).copyFrom(MemorySegment.ofArray(content));
            MemorySegment in = arena.allocate(size);
            MemorySegment back = MemorySegment.ofArray(new byte[size]);
            Caller<Long> echo =
                    Caller.start(
                            threads,
                            () -> {
                                ends.server().readFully(in);
                                return ends.server().write(in);
                            });
            Caller<Long> writing = Caller.start(threads, () -> ends.client().write(out));
            assertThat(ends.client().readFully(back, LocalEnds.PATIENCE)).isEqualTo(size);
            assertThat(writing.result()).isEqualTo(size);
            assertThat(echo.result()).isEqualTo(size);
            assertThat(back.mismatch(out)).isEqualTo(-1);
        }
    }

    @Test
    void aTryNeverWaits() throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.STREAM)) {
            MemorySegment target = MemorySegment.ofArray(new byte[8]);
            assertThat(ends.client().tryRead(target)).isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(ends.client().read(target, Duration.ZERO)).isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(ends.server().tryWrite(bytes("abc"))).isEqualTo(3);
            assertThat(ends.client().tryRead(target)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aTimeoutEndsARead(Threads threads) throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.STREAM)) {
            MemorySegment target = MemorySegment.ofArray(new byte[8]);
            long start = System.nanoTime();
            Caller<Long> reading =
                    Caller.start(threads, () -> ends.client().read(target, LocalEnds.SHORT));
            assertThat(reading.result()).isEqualTo(Ipc.TIMED_OUT);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(LocalEnds.SHORT.toNanos());
            ends.server().write(bytes("abc"));
            assertThat(ends.client().readFully(target, LocalEnds.SHORT)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void closeAndAnInterruptEndAReadThatWaits(Threads threads) throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.STREAM)) {
            MemorySegment target = MemorySegment.ofArray(new byte[8]);
            Caller<Long> reading =
                    Caller.start(threads, () -> ends.client().read(target)).awaitBlocked();
            reading.interrupt();
            assertThatThrownBy(reading::result).hasCauseInstanceOf(InterruptedException.class);
            assertThat(ends.client().isOpen()).isTrue();
            Caller<Long> closed =
                    Caller.start(threads, () -> ends.client().read(target)).awaitBlocked();
            ends.client().close();
            assertThatThrownBy(closed::result).hasCauseInstanceOf(ClosedException.class);
            assertThatThrownBy(() -> ends.client().tryWrite(target))
                    .isInstanceOf(ClosedException.class);
        }
    }

    @Test
    void afterTheEndEverythingThatWasSentIsReadFirst() throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.STREAM)) {
            ends.server().write(bytes("last"));
            ends.server().close();
            MemorySegment target = MemorySegment.ofArray(new byte[4]);
            assertThat(ends.client().readFully(target)).isEqualTo(4);
            assertThat(ends.client().read(target)).isEqualTo(Ipc.EOF);
            assertThatThrownBy(() -> ends.client().write(bytes("more")))
                    .isInstanceOf(PeerGoneException.class);
        }
    }

    @Test
    void itIsAChannelForThoseWhoWantOne() throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.STREAM)) {
            OutputStream out = Channels.newOutputStream(ends.client());
            out.write("hello".getBytes(UTF_8));
            ByteBuffer buffer = ByteBuffer.allocate(16);
            assertThat(ends.server().read(buffer)).isEqualTo(5);
            assertThat(ends.server().read(buffer, LocalEnds.SHORT)).isEqualTo(Ipc.TIMED_OUT);
            assertThat(buffer.position()).isEqualTo(5);
            assertThat(ends.server().write(buffer.flip(), LocalEnds.PATIENCE)).isEqualTo(5);
            assertThat(Channels.newInputStream(ends.client()).readNBytes(5))
                    .isEqualTo("hello".getBytes(UTF_8));
        }
    }

    @Test
    void messagesAreRefusedOnAStream() throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.STREAM)) {
            assertThatThrownBy(() -> ends.client().send(bytes("x")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("read and written");
            assertThatThrownBy(() -> ends.client().tryReceive(bytes("x")))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> ends.client().read(bytes("x").asReadOnly()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void bothKnowWhoTheOtherIs() throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.STREAM)) {
            assertThat(ends.client().peerCredentials()).isEqualTo(PeerCredentials.own());
            assertThat(ends.server().peerCredentials()).isEqualTo(PeerCredentials.own());
        }
    }
}
