// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.InvalidNameException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class PosixNameTest {

    private static final String LONGEST = "/" + "n".repeat(254);

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/ ", "/~", "/...", "/..a", "/.a", "/-", "/%s%n", "/\\"})
    void aGoodNameIsPassedAsItIs(String name) throws Exception {
        assertThat(PosixName.require("op", name)).isSameAs(name);
    }

    @Test
    void aNameHas255CharactersAtMost() throws Exception {
        assertThat(PosixName.require("op", LONGEST)).hasSize(255);
        assertThatThrownBy(() -> PosixName.require("op", LONGEST + "n"))
                .isInstanceOf(InvalidNameException.class)
                .hasMessageEndingWith("a name has at most 255 characters, this one 256");
    }

    static Arguments[] brokenRules() {
        return new Arguments[] {
            Arguments.of("", "op \"\": a name begins with a slash"),
            Arguments.of("a/", "op \"a/\": a name begins with a slash"),
            Arguments.of("/", "op \"/\": a name has at least one character after the slash"),
            Arguments.of("//", "op \"//\": a name has no slash but the first"),
            Arguments.of("/a/b", "op \"/a/b\": a name has no slash but the first"),
            Arguments.of("/.", "op \"/.\": a name is not a directory's"),
            Arguments.of("/..", "op \"/..\": a name is not a directory's"),
            Arguments.of("/\0", "op \"/\\u0000\": a name has printable ASCII characters only"),
            Arguments.of("/a\n", "op \"/a\\u000a\": a name has printable ASCII characters only"),
            Arguments.of("/\u007f", "op \"/\\u007f\": a name has printable ASCII characters only"),
            Arguments.of("/\u00fc", "op \"/\\u00fc\": a name has printable ASCII characters only")
        };
    }

    @ParameterizedTest
    @MethodSource("brokenRules")
    void theMessageTellsTheRuleAndShowsWhatCannotBePrinted(String name, String message) {
        assertThatThrownBy(() -> PosixName.require("op", name))
                .isInstanceOf(InvalidNameException.class)
                .hasMessage(message);
    }
}
