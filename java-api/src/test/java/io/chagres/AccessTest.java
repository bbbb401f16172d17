// SPDX-License-Identifier: Apache-2.0
package io.chagres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class AccessTest {

    @Test
    void theOwnersAccessIs0600() {
        assertThat(Access.ownerOnly()).isEqualTo(Access.mode(0600)).hasToString("0600");
        assertThat(Access.ownerOnly().mode()).isEqualTo(0600);
    }

    @Test
    void accessIsEqualByItsMode() {
        assertThat(Access.mode(0660))
                .isEqualTo(Access.mode(0660))
                .hasSameHashCodeAs(Access.mode(0660))
                .isNotEqualTo(Access.mode(0666))
                .isNotEqualTo("0660")
                .hasToString("0660");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 01000, 04755, 0100600, Integer.MIN_VALUE})
    void onlyPermissionBitsAreTaken(int mode) {
        assertThatThrownBy(() -> Access.mode(mode))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0" + Integer.toOctalString(mode));
    }

    @Test
    void allPermissionBitsAreTaken() {
        assertThat(Access.mode(0777).mode()).isEqualTo(0777);
        assertThat(Access.mode(0).mode()).isZero();
    }
}
