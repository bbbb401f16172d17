// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Columns of text, aligned by their widest cell. Control characters are shown, never sent. */
public final class TextTable {

    private static final String GAP = "  ";

    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    /**
     * @param headings of the columns; one that begins with {@code >} is aligned to the right
     */
    public TextTable(String... headings) {
        right = new boolean[headings.length];
        String[] plain = new String[headings.length];
        for (int c = 0; c < headings.length; c++) {
            right[c] = headings[c].startsWith(">");
            plain[c] = right[c] ? headings[c].substring(1) : headings[c];
        }
        rows.add(plain);
    }

    /**
     * Adds a row.
     *
     * @param cells one for each column
     */
    public void row(String... cells) {
        String[] printable = new String[cells.length];
        for (int c = 0; c < cells.length; c++) {
            printable[c] = printable(cells[c]);
        }
        rows.add(printable);
    }

    /** The lines, each with its end. */
    @Override
    public String toString() {
        int[] widths = new int[right.length];
        for (String[] row : rows) {
            for (int c = 0; c < row.length; c++) {
                widths[c] = Math.max(widths[c], row[c].length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.length; c++) {
                String fill = " ".repeat(widths[c] - row[c].length());
                line.append(c == 0 ? "" : GAP).append(right[c] ? fill + row[c] : row[c] + fill);
            }
            out.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return out.toString();
    }

    private static String printable(String cell) {
        StringBuilder out = new StringBuilder();
        cell.codePoints()
                .forEach(
                        p -> {
                            if (isHidden(p)) {
                                out.append(String.format(Locale.ROOT, "\\u%04x", p));
                            } else {
                                out.appendCodePoint(p);
                            }
                        });
        return out.toString();
    }

    /** What would move the cursor, end the line, or turn the direction of the text. */
    private static boolean isHidden(int codePoint) {
        int type = Character.getType(codePoint);
        return Character.isISOControl(codePoint)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
