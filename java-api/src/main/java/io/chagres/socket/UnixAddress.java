// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of a Unix domain socket: a path, an abstract name, or none. Immutable.
 *
 * <p>A <b>path</b> has 1 to {@value #MAX_PATH} bytes in UTF-8; a relative one is seen from where
 * the JVM was started. Permissions of the file and of its directories say who may connect.
 *
 * <p>An <b>abstract</b> name has 0 to {@value #MAX_NAME} bytes of any value, NULs included, and is
 * distinct by its length too: {@code "a"} is not {@code "a\0"}. It has no file and no permissions:
 * every process of the same network namespace may connect, whoever has got the name first owns it,
 * and it is gone with the last descriptor. A server has to look at the {@link PeerCredentials}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public final class UnixAddress {

    /** The longest path, in bytes. */
    public static final int MAX_PATH = 108;

    /** The longest abstract name, in bytes. */
    public static final int MAX_NAME = 107;

    private static final UnixAddress UNNAMED = new UnixAddress(Kind.UNNAMED, new byte[0]);

    /** What an address is. */
    public enum Kind {
        /** A path in the file system. */
        PATH,
        /** A name beside the file system. */
        ABSTRACT,
        /** No name: of a socket that is not bound, or one of a pair. */
        UNNAMED
    }

    private final Kind kind;
    private final byte[] name;

    private UnixAddress(Kind kind, byte[] name) {
        this.kind = kind;
        this.name = name;
    }

    /**
     * {@return the address with a path}
     *
     * @param path absolute or relative
     * @throws IllegalArgumentException when it is empty, has a NUL or half of a surrogate pair, or
     *     is longer than {@value #MAX_PATH} bytes in UTF-8
     */
    public static UnixAddress of(String path) {
        return ofPath(utf8(path));
    }

    /**
     * {@return the address with a path}
     *
     * @param path of the default file system
     * @throws IllegalArgumentException as {@link #of(String)} does, and when it is a path of
     *     another file system
     */
    public static UnixAddress of(Path path) {
        if (!path.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException(path + " is not a path of the operating system");
        }
        return of(path.toString());
    }

    /**
     * {@return the address with a path of these bytes} For what is not UTF-8.
     *
     * @param path its bytes, without the NUL that C has after it; they are copied
     * @throws IllegalArgumentException as {@link #of(String)} does
     */
    public static UnixAddress ofPath(byte[] path) {
        if (path.length == 0) {
            throw new IllegalArgumentException("the path of a socket is empty");
        }
        for (byte each : path) {
            if (each == 0) {
                throw new IllegalArgumentException(
                        "the path of a socket has a NUL: " + quoted(path));
            }
        }
        if (path.length > MAX_PATH) {
            throw new IllegalArgumentException(
                    "the path of a socket has at most "
                            + MAX_PATH
                            + " bytes, and this one "
                            + path.length
                            + ": "
                            + new String(path, StandardCharsets.UTF_8));
        }
        return new UnixAddress(Kind.PATH, path.clone());
    }

    /**
     * {@return the same address as the JDK's} Its empty path is {@link #unnamed()}.
     *
     * @param address of the JDK
     * @throws IllegalArgumentException as {@link #of(Path)} does
     */
    public static UnixAddress of(UnixDomainSocketAddress address) {
        return address.getPath().toString().isEmpty() ? unnamed() : of(address.getPath());
    }

    /**
     * {@return the address with an abstract name}
     *
     * @param name its bytes in UTF-8, without the NUL that C has before it
     * @throws IllegalArgumentException when it has half of a surrogate pair, or is longer than
     *     {@value #MAX_NAME} bytes
     */
    public static UnixAddress ofAbstract(String name) {
        return ofAbstract(utf8(name));
    }

    /**
     * {@return the address with an abstract name}
     *
     * @param name any bytes, without the NUL that C has before it; they are copied
     * @throws IllegalArgumentException when there are more than {@value #MAX_NAME}
     */
    public static UnixAddress ofAbstract(byte[] name) {
        if (name.length > MAX_NAME) {
            throw new IllegalArgumentException(
                    "an abstract name has at most "
                            + MAX_NAME
                            + " bytes, and this one "
                            + name.length
                            + ": "
                            + quoted(name));
        }
        return new UnixAddress(Kind.ABSTRACT, name.clone());
    }

    /** {@return no address} To bind to it asks for an abstract name that nobody else has. */
    public static UnixAddress unnamed() {
        return UNNAMED;
    }

    /** {@return what it is} */
    public Kind kind() {
        return kind;
    }

    /** {@return the path; empty when it is none, or none that Java can write} */
    public Optional<Path> path() {
        try {
            return kind == Kind.PATH && isUtf8() ? Optional.of(Path.of(text())) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * {@return a copy of the bytes of the path, or of the abstract name without the NUL before it}
     */
    public byte[] bytes() {
        return name.clone();
    }

    /**
     * {@return the address as the JDK has it}
     *
     * @throws IllegalArgumentException when it is abstract, which the JDK does not know, or its
     *     path is not UTF-8
     */
    public UnixDomainSocketAddress toSocketAddress() {
        if (kind == Kind.ABSTRACT) {
            throw new IllegalArgumentException("the JDK has no abstract addresses: " + this);
        }
        if (!isUtf8()) {
            throw new IllegalArgumentException("the path is not UTF-8: " + quoted(name));
        }
        return UnixDomainSocketAddress.of(text());
    }

    /** Whether both are of the same kind and have the same bytes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof UnixAddress a && a.kind == kind && Arrays.equals(a.name, name);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + Arrays.hashCode(name);
    }

    /** The path; an abstract name after an {@code @}, as tools write it; or {@code unnamed}. */
    @Override
    public String toString() {
        return switch (kind) {
            case PATH -> text();
            case ABSTRACT -> "@" + quoted(name);
            case UNNAMED -> "unnamed";
        };
    }

    private String text() {
        return new String(name, StandardCharsets.UTF_8);
    }

    /** What is not would be another path as text. */
    private boolean isUtf8() {
        return Arrays.equals(text().getBytes(StandardCharsets.UTF_8), name);
    }

    /** What cannot be encoded is not replaced: that would be another address. */
    private static byte[] utf8(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("half of a surrogate pair is no text: " + text, e);
        }
    }

    private static String quoted(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            if (b >= ' ' && b <= '~') {
                out.append((char) b);
            } else {
                out.append(String.format(Locale.ROOT, "\\x%02x", b & 0xff));
            }
        }
        return out.toString();
    }
}
