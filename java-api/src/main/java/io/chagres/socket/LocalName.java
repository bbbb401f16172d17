// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a {@link LocalServer}. Immutable.
 *
 * <p>A <b>short name</b> is valid on every platform and is the user's own: the same name of another
 * user is another server. It has 1 to {@value #MAX_LENGTH} characters, which are ASCII letters and
 * digits, {@code .}, {@code _} and {@code -}, and no {@code .} at its begin. Choose names that
 * differ by more than upper and lower case, which Windows does not tell apart.
 *
 * <p>On Linux it is a socket in a directory that only its owner can enter: {@code chagres} in
 * {@code XDG_RUNTIME_DIR}, or else {@code /tmp/chagres-} and the number of the user. Which one is
 * up to that variable alone, so a server and a client must agree in it; it counts if it is an
 * absolute path of at most {@value #MAX_RUNTIME_DIRECTORY} bytes to a directory that belongs to the
 * user and that nobody else may enter. A directory that somebody else owns, that others may enter,
 * or that is a symbolic link, is refused.
 *
 * <p>A <b>path</b> is for servers that other users may connect to. It means what it means on the
 * platform: on Linux a socket in the file system, with the permissions that {@link LocalOptions}
 * have.
 */
public final class LocalName {

    /** The longest short name, in characters. */
    public static final int MAX_LENGTH = 64;

    /** The longest value of {@code XDG_RUNTIME_DIR} that leaves room for every name, in bytes. */
    public static final int MAX_RUNTIME_DIRECTORY = 30;

    private final String text;
    private final @Nullable Path path;

    private LocalName(String text, @Nullable Path path) {
        this.text = text;
        this.path = path;
    }

    /**
     * {@return a short name}
     *
     * @param name such as {@code orders}
     * @throws IllegalArgumentException naming the rule that it breaks
     */
    public static LocalName of(String name) {
        String broken = brokenRule(name);
        if (!broken.isEmpty()) {
            throw new IllegalArgumentException("\"" + name + "\": " + broken);
        }
        return new LocalName(name, null);
    }

    /**
     * {@return a path of this platform}
     *
     * @param path of the default file system, absolute or seen from where the JVM was started
     * @throws IllegalArgumentException when it is empty or a path of another file system; that it
     *     is too long for the platform is seen when it is used
     */
    public static LocalName ofPath(Path path) {
        if (!path.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException(path + " is not a path of the operating system");
        }
        if (path.toString().isEmpty()) {
            throw new IllegalArgumentException("the path is empty");
        }
        return new LocalName(path.toString(), path);
    }

    private static String brokenRule(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return "a name has 1 to " + MAX_LENGTH + " characters, and this one " + name.length();
        }
        if (name.charAt(0) == '.') {
            return "a name does not begin with a dot";
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isAllowed(name.charAt(i))) {
                return "a name has ASCII letters, digits, dots, underscores and hyphens only";
            }
        }
        return "";
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }

    /** {@return the path; empty for a short name} */
    public Optional<Path> path() {
        return Optional.ofNullable(path);
    }

    /** Whether both are short names or both paths, and have the same text. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LocalName n
                && n.text.equals(text)
                && (n.path == null) == (path == null);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, path == null);
    }

    /** The short name, or the path. */
    @Override
    public String toString() {
        return text;
    }
}
