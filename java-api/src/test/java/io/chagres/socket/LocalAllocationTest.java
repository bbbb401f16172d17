// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Ipc;
import io.chagres.test.AllocatedBytes;
import io.chagres.test.LeakCheck;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In the steady state nothing is allocated per operation. */
@Tag("native")
@Tag("allocation")
class LocalAllocationTest {

    private static final int SIZE = 64;
    private static final Duration LONG = Duration.ofSeconds(30);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private static void check(boolean right) {
        if (!right) {
            throw new AssertionError();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofMessagesAndOfAStream(boolean heap) throws Exception {
        try (LocalEnds messages = LocalEnds.open(LocalMode.MESSAGE);
                LocalEnds stream = LocalEnds.open(LocalMode.STREAM);
                Arena arena = Arena.ofConfined()) {
            MemorySegment source =
                    heap ? MemorySegment.ofArray(new byte[SIZE]) : arena.allocate(SIZE);
            MemorySegment target =
                    heap ? MemorySegment.ofArray(new byte[SIZE]) : arena.allocate(SIZE);
            assertThat(
                            AllocatedBytes.perOperation(
                                    () -> {
                                        messages.client().send(source);
                                        check(messages.server().receive(target) == SIZE);
                                        check(messages.client().trySend(source, LONG));
                                        check(messages.server().receive(target, LONG) == SIZE);
                                        check(
                                                messages.server().tryReceive(target)
                                                        == Ipc.WOULD_BLOCK);
                                        check(stream.client().write(source) == SIZE);
                                        check(stream.server().readFully(target) == SIZE);
                                    }))
                    .isZero();
        }
    }
}
