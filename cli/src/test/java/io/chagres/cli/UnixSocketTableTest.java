// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.cli.UnixSocketTable.Entry;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class UnixSocketTableTest {

    private static final String HEADING =
            "Num       RefCount Protocol Flags    Type St Inode Path\n";
    private static final String SERVER =
            "00000000c17af4bf: 00000002 00000000 00010000 0001 01  1146 ";
    private static final String UNNAMED =
            "00000000dfc4d805: 00000002 00000000 00000000 0002 03 1153423";
    private static final String CLIENT = "daaee2ca: 00000003 00000000 00000000 0005 03 12345678 ";

    private static List<Entry> parse(String list) {
        return UnixSocketTable.parse(list.getBytes(ISO_8859_1));
    }

    private static Entry server(String name) {
        return new Entry(name, UnixSocketTable.STREAM, 1, true);
    }

    private static Entry client(String name) {
        return new Entry(name, UnixSocketTable.SEQPACKET, UnixSocketTable.CONNECTED, false);
    }

    @Test
    void socketsWithNamesAreFound() {
        String list = HEADING + SERVER + "/run/a b\n" + UNNAMED + "\n" + CLIENT + "@x@\n";
        assertThat(parse(list)).containsExactly(server("/run/a b"), client("@x@"));
        assertThat(parse(HEADING)).isEmpty();
    }

    @Test
    void aLineFeedInANameEndsNoEntry() {
        String list = HEADING + SERVER + "@a\n\nb: 1\n\n" + CLIENT + "@\n\n";
        assertThat(parse(list)).containsExactly(server("@a\n\nb: 1\n"), client("@\n"));
    }

    @Test
    void bytesThatAreNoTextAreShownAsWhatTheyAre() {
        assertThat(parse(HEADING + SERVER + "@\u00c3\u00a4\n")).containsExactly(server("@\u00e4"));
        assertThat(parse(HEADING + SERVER + "@a\u00a4\n")).containsExactly(server("@a\\xa4"));
    }
}
