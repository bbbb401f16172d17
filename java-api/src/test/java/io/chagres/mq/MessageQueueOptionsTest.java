// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Access;
import io.chagres.OpenMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class MessageQueueOptionsTest {

    private static final MessageQueueOptions DEFAULTS = MessageQueueOptions.defaults();

    @Test
    void theDefaultsAreTheSystemsForTheOwnerOnlyBothWays() {
        assertThat(DEFAULTS)
                .isEqualTo(
                        new MessageQueueOptions(
                                0, 0, Access.ownerOnly(), OpenMode.READ_WRITE, false));
    }

    @Test
    void eachMethodChangesOneThingInACopy() {
        Access access = Access.mode(0660);
        assertThat(DEFAULTS.withDepth(5).withMessageSize(6).withAccess(access))
                .isEqualTo(new MessageQueueOptions(5, 6, access, OpenMode.READ_WRITE, false));
        assertThat(DEFAULTS.withMode(OpenMode.WRITE_ONLY).withDepth(5))
                .isEqualTo(
                        new MessageQueueOptions(
                                5, 0, Access.ownerOnly(), OpenMode.WRITE_ONLY, false));
        assertThat(MessageQueueOptions.defaults().depth()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void depthAndSizeArePositive(int value) {
        assertThatThrownBy(() -> DEFAULTS.withDepth(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("depth " + value + " is not positive");
        assertThatThrownBy(() -> DEFAULTS.withMessageSize(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("message size " + value + " is not positive");
    }

    @Test
    void theConstructorRefusesNegativeNumbersToo() {
        assertThatThrownBy(
                        () ->
                                new MessageQueueOptions(
                                        -1, 1, Access.ownerOnly(), OpenMode.READ_WRITE, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("depth -1 is negative");
        assertThatThrownBy(
                        () ->
                                new MessageQueueOptions(
                                        1, -1, Access.ownerOnly(), OpenMode.READ_WRITE, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("message size -1 is negative");
    }
}
