// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.Architecture;
import java.util.Locale;

/**
 * What this JVM runs on. The one place that reads the {@code os.*} properties and that knows the two
 * names of an architecture: {@code os.arch}'s and the build classifier's.
 */
public final class Platform {

    private static final String OS = os(System.getProperty("os.name", ""));
    private static final Names ARCHITECTURE = names(System.getProperty("os.arch", ""));

    /** An architecture's own name and its name in the classifier of the build. */
    private record Names(String own, String classifier) {}

    private Platform() {}

    /** Whether this is Linux. */
    public static boolean isLinux() {
        return OS.equals("linux");
    }

    /** Whether this is Windows. */
    public static boolean isWindows() {
        return OS.equals("windows");
    }

    /** Such as {@code linux-x86_64}, {@code linux-aarch64} or {@code windows-x86_64}. */
    public static String name() {
        return OS + "-" + ARCHITECTURE.own;
    }

    /** What the build calls {@link #name()} in the names of native artifacts: {@code linux-aarch_64}. */
    public static String classifier() {
        return OS + "-" + ARCHITECTURE.classifier;
    }

    static Architecture architecture() {
        try {
            return Architecture.valueOf(ARCHITECTURE.own.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UnsupportedOperationException("no bindings for " + name(), e);
        }
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
