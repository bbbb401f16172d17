// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.InvalidNameException;
import java.util.Locale;

/** The rules for names of message queues, shared memory objects and semaphores. */
public final class PosixName {

    /**
     * With the leading slash, as mq_overview(7) counts; the file system itself would take one more.
     */
    private static final int MAX_LENGTH = 255;

    private PosixName() {}

    /**
     * Passes a name that is portable: a slash, then 1 to 254 printable ASCII characters without
     * another slash, and not {@code /.} or {@code /..}.
     *
     * @throws InvalidNameException naming the rule that the name breaks
     */
    public static String require(String operation, String name) throws InvalidNameException {
        return require(operation, name, 0);
    }

    /**
     * The same for a name to which the system adds something.
     *
     * @param added characters, by which the name must be shorter
     */
    public static String require(String operation, String name, int added)
            throws InvalidNameException {
        String broken = brokenRule(name, MAX_LENGTH - added);
        if (!broken.isEmpty()) {
            throw new InvalidNameException(operation, quoted(name), broken);
        }
        return name;
    }

    private static String brokenRule(String name, int maxLength) {
        if (name.isEmpty() || name.charAt(0) != '/') {
            return "a name begins with a slash";
        }
        if (name.length() == 1) {
            return "a name has at least one character after the slash";
        }
        if (name.length() > maxLength) {
            return "a name has at most " + maxLength + " characters, this one " + name.length();
        }
        if (name.indexOf('/', 1) >= 0) {
            return "a name has no slash but the first";
        }
        if (name.equals("/.") || name.equals("/..")) {
            return "a name is not a directory's";
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isPrintable(name.charAt(i))) {
                return "a name has printable ASCII characters only";
            }
        }
        return "";
    }

    private static boolean isPrintable(char c) {
        return c >= ' ' && c <= '~';
    }

    private static String quoted(String name) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isPrintable(c)) {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return out.append('"').toString();
    }
}
