// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernel's list of Unix domain sockets, {@code /proc/net/unix}: those of this network
 * namespace. A name may have any bytes, also line feeds, which the list does not escape; what does
 * not begin as an entry belongs to the name before it. A name made for that can still look like
 * another entry.
 */
final class UnixSocketTable {

    /** Types of sockets, as the list has them. */
    static final int STREAM = 1;

    static final int DATAGRAM = 2;
    static final int SEQPACKET = 5;

    /** States of a socket. */
    static final int CONNECTING = 2;

    static final int CONNECTED = 3;

    private static final Path FILE = Path.of("/proc/net/unix");
    private static final long LISTENS = 0x10000;
    private static final int HEX = 16;

    /** Address, references, protocol, flags, type, state, inode, name. */
    private static final Pattern ENTRY =
            Pattern.compile(
                    "\\p{XDigit}+: \\p{XDigit}{8} \\p{XDigit}{8} (\\p{XDigit}{8})"
                            + " (\\p{XDigit}{4}) (\\p{XDigit}{2}) +\\d+(?: (.+))?",
                    Pattern.DOTALL);

    /**
     * A socket that has a name.
     *
     * @param name a path; or an abstract name after an {@code @}, in which the kernel writes
     *     another one for each NUL
     * @param listens whether it takes connections
     */
    record Entry(String name, int type, int state, boolean listens) {}

    private UnixSocketTable() {}

    /** Reads it. */
    static List<Entry> read() throws IOException {
        try {
            return parse(Files.readAllBytes(FILE));
        } catch (IOException e) {
            throw new IOException("sockets are listed by " + FILE + ", which cannot be read", e);
        }
    }

    /** The sockets with names of such a list. */
    static List<Entry> parse(byte[] list) {
        List<String> entries = new ArrayList<>();
        String[] lines = new String(list, StandardCharsets.ISO_8859_1).split("\n", -1);
        for (int i = 1; i < lines.length - 1; i++) { // between the heading and the end
            if (entries.isEmpty() || ENTRY.matcher(lines[i]).matches()) {
                entries.add(lines[i]);
            } else {
                entries.add(entries.remove(entries.size() - 1) + "\n" + lines[i]);
            }
        }
        List<Entry> named = new ArrayList<>();
        for (String each : entries) {
            Matcher entry = ENTRY.matcher(each);
            if (entry.matches() && entry.group(4) != null) {
                named.add(entry(entry));
            }
        }
        return named;
    }

    private static Entry entry(Matcher entry) {
        return new Entry(
                text(entry.group(4).getBytes(StandardCharsets.ISO_8859_1)),
                Integer.parseInt(entry.group(2), HEX),
                Integer.parseInt(entry.group(3), HEX),
                (Long.parseLong(entry.group(1), HEX) & LISTENS) != 0);
    }

    /** Bytes that are no text are shown as what they are. */
    private static String text(byte[] name) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
        } catch (CharacterCodingException e) {
            StringBuilder out = new StringBuilder();
            for (byte b : name) {
                if (b >= 0) {
                    out.append((char) b);
                } else {
                    out.append(String.format(Locale.ROOT, "\\x%02x", b & 0xff));
                }
            }
            return out.toString();
        }
    }
}
