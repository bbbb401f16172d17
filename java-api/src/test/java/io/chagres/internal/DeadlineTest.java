// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("unit")
class DeadlineTest {

    /** More than two centuries less: {@code nanoTime} counts on while a test runs. */
    private static final long A_CENTURY = Duration.ofDays(365 * 70L).toNanos();

    static List<Duration> nothing() {
        return List.of(
                Duration.ZERO,
                Duration.ofNanos(-1),
                Duration.ofSeconds(-1, 999_999_999),
                Duration.ofSeconds(Long.MIN_VALUE));
    }

    @ParameterizedTest
    @MethodSource("nothing")
    void nothingOrLessIsReachedAtOnce(Duration timeout) {
        assertThat(Deadline.after(timeout)).isEqualTo(Deadline.NOW);
        assertThat(Deadline.remainingNanos(Deadline.NOW)).isNegative();
    }

    static List<Duration> huge() {
        return List.of(
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofNanos(Long.MAX_VALUE),
                Duration.ofNanos(Long.MAX_VALUE).plusNanos(1),
                Duration.ofNanos(Long.MAX_VALUE / 4 + 1),
                Duration.ofNanos(Long.MAX_VALUE / 4),
                Duration.ofNanos(Long.MAX_VALUE / 4 - 1));
    }

    @ParameterizedTest
    @MethodSource("huge")
    void whatWouldOverflowIsFarInTheFuture(Duration timeout) {
        long deadline = Deadline.after(timeout);
        assertThat(deadline).isNotIn(Deadline.NOW, Deadline.NEVER);
        assertThat(Deadline.remainingNanos(deadline)).isGreaterThan(A_CENTURY);
    }

    @Test
    void whatRemainsIsNeverMoreThanTheTimeoutAndShrinks() {
        long deadline = Deadline.after(Duration.ofSeconds(5));
        long first = Deadline.remainingNanos(deadline);
        long second = Deadline.remainingNanos(deadline);
        assertThat(first).isLessThanOrEqualTo(5_000_000_000L).isPositive();
        assertThat(second).isLessThanOrEqualTo(first);
    }

    @Test
    void aNanosecondIsNotNothing() {
        long before = System.nanoTime();
        long deadline = Deadline.after(Duration.ofNanos(1));
        assertThat(deadline - before).isPositive();
        while (Deadline.remainingNanos(deadline) > 0) {
            Thread.onSpinWait();
        }
        assertThat(System.nanoTime() - deadline).isNotNegative();
    }

    @Test
    void neverIsNever() {
        assertThat(Deadline.remainingNanos(Deadline.NEVER)).isEqualTo(Long.MAX_VALUE);
    }
}
