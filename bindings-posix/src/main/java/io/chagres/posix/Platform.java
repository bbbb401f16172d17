// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.Architecture;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What this JVM runs on. The one place that reads the {@code os.*} properties and that knows the
 * two names of an architecture: {@code os.arch}'s and the build classifier's.
 */
public final class Platform {

    private static final String OS = os(System.getProperty("os.name", ""));
    private static final Names ARCHITECTURE = names(System.getProperty("os.arch", ""));
    private static final @Nullable Architecture BINDINGS = bindings();

    /** An architecture's own name and its name in the classifier of the build. */
    private record Names(String own, String classifier) {}

    private Platform() {}

    /** {@return whether this is Linux} */
    public static boolean isLinux() {
        return OS.equals("linux");
    }

    /** {@return whether this is Windows} */
    public static boolean isWindows() {
        return OS.equals("windows");
    }

    /**
     * {@return the system and architecture, such as {@code linux-x86_64}, {@code linux-aarch64} or
     * {@code windows-x86_64}}
     */
    public static String name() {
        return OS + "-" + ARCHITECTURE.own;
    }

    /**
     * {@return what the build calls {@link #name()} in the names of native artifacts: {@code
     * linux-aarch_64}}
     */
    public static String classifier() {
        return OS + "-" + ARCHITECTURE.classifier;
    }

    /**
     * {@return whether the rest of this package works here: Linux, on an architecture it has
     * bindings for}
     */
    public static boolean hasPosixBindings() {
        return isLinux() && BINDINGS != null;
    }

    /** The architecture to take bindings of; fails where {@link #hasPosixBindings} is false. */
    static Architecture architecture() {
        if (BINDINGS == null) {
            throw new UnsupportedOperationException("no bindings for " + name());
        }
        return BINDINGS;
    }

    private static @Nullable Architecture bindings() {
        String constant = ARCHITECTURE.own.toUpperCase(Locale.ROOT);
        for (Architecture each : Architecture.values()) { // valueOf would start with reflection
            if (each.name().equals(constant)) {
                return each;
            }
        }
        return null;
    }

    private static String os(String property) {
        String name = property.toLowerCase(Locale.ROOT);
        return name.startsWith("windows") ? "windows" : name;
    }

    private static Names names(String property) {
        return switch (property) {
            case "amd64", "x86_64" -> new Names("x86_64", "x86_64");
            case "aarch64" -> new Names("aarch64", "aarch_64");
            case "ppc64le" -> new Names("ppc64le", "ppcle_64");
            case "s390x" -> new Names("s390x", "s390_64");
            default -> new Names(property, property);
        };
    }
}
