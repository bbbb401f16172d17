// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Ipc;
import io.chagres.pipe.Ends.Kind;
import io.chagres.test.AllocatedBytes;
import io.chagres.test.LeakCheck;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In the steady state nothing is allocated per operation. */
@Tag("native")
@Tag("allocation")
class PipeAllocationTest {

    private static final int SIZE = 64;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration INSTANT = Duration.ofNanos(1);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private static void check(boolean right) {
        if (!right) {
            throw new AssertionError();
        }
    }

    private static void everyOperation(Ends ends, MemorySegment source, MemorySegment target)
            throws Exception {
        assertThat(
                        AllocatedBytes.perOperation(
                                () -> {
                                    check(ends.sink().write(source) == SIZE);
                                    check(ends.source().read(target) == SIZE);
                                    check(ends.sink().write(source, LONG) == SIZE);
                                    check(ends.source().read(target, LONG) == SIZE);
                                    check(ends.sink().tryWrite(source) == SIZE);
                                    check(ends.source().tryRead(target) == SIZE);
                                    check(ends.source().tryRead(target) == Ipc.WOULD_BLOCK);
                                    check(ends.sink().write(source) == SIZE);
                                    check(ends.source().readFully(target) == SIZE);
                                }))
                .isZero();
        assertThat(
                        AllocatedBytes.perOperation(
                                () -> check(ends.source().read(target, INSTANT) == Ipc.TIMED_OUT)))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void withNativeSegments(Kind kind) throws Exception {
        try (Ends ends = kind.open();
                Arena arena = Arena.ofConfined()) {
            everyOperation(ends, arena.allocate(SIZE), arena.allocate(SIZE));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void withHeapSegments(Kind kind) throws Exception {
        try (Ends ends = kind.open()) {
            MemorySegment source = MemorySegment.ofArray(new byte[SIZE]);
            everyOperation(ends, source, MemorySegment.ofArray(new byte[SIZE]));
        }
    }
}
