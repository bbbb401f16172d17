// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TextTableTest {

    @Test
    void columnsAreAlignedAndControlCharactersShown() {
        TextTable table = new TextTable("name", ">size");
        table.row("/a\u001b[2J\n", "7");
        table.row("/b", "1,234");
        assertThat(table.toString().lines())
                .containsExactly(
                        "name                size",
                        "/a\\u001b[2J\\u000a      7",
                        "/b                 1,234");
    }

    @Test
    void whatTurnsOrEndsALineIsShown() {
        TextTable table = new TextTable("name");
        table.row("a\u202eb\u2028c\u00e4");
        assertThat(table.toString().lines()).containsExactly("name", "a\\u202eb\\u2028c\u00e4");
    }
}
