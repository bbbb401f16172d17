// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ScratchTest {

    private static final int BLOCK = 16 * 1024;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 1 << 20})
    void itIsNativeAndLargeEnough(long size) {
        try (Scratch scratch = Scratch.of(size)) {
            assertThat(scratch.segment().isNative()).isTrue();
            assertThat(scratch.segment().byteSize()).isGreaterThanOrEqualTo(size);
            assertThat(scratch.segment().address() % Long.BYTES).isZero();
            scratch.segment().fill((byte) 1);
        }
    }

    @Test
    void smallOnesAreTheThreadsOwnBlock() {
        MemorySegment first;
        try (Scratch scratch = Scratch.of(1)) {
            first = scratch.segment();
        }
        try (Scratch scratch = Scratch.of(BLOCK)) {
            assertThat(scratch.segment().address()).isEqualTo(first.address());
        }
        first.set(ValueLayout.JAVA_BYTE, 0, (byte) 1); // and it stays allocated
    }

    @Test
    void aSmallOneAfterALargeOneIsTheBlockAgain() {
        long block = smallOnesAddress();
        try (Scratch large = Scratch.of(BLOCK + 1)) {
            assertThat(large.segment().address()).isNotEqualTo(block);
        }
        assertThat(smallOnesAddress()).isEqualTo(block);
    }

    private static long smallOnesAddress() {
        try (Scratch scratch = Scratch.of(1)) {
            return scratch.segment().address();
        }
    }

    @Test
    void largeOnesEndWithTheOperation() {
        MemorySegment large;
        try (Scratch scratch = Scratch.of(BLOCK + 1)) {
            large = scratch.segment();
        }
        assertThatThrownBy(() -> large.get(ValueLayout.JAVA_BYTE, 0))
                .isInstanceOf(IllegalStateException.class);
    }
}
