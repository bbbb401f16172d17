// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a check's objects: {@code /chagres-check-NAMESPACE-PID-NUMBER}. A check that was
 * killed before its peer was ready leaves its objects behind, and the name tells the next check
 * that nobody owns them any more. The namespace of process ids is part of it, for a container may
 * share the objects and not the processes.
 */
final class CheckName {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final String PREFIX = "/chagres-check-" + namespace() + "-";
    private static final Pattern OURS =
            Pattern.compile("(" + Pattern.quote(PREFIX) + "(\\d{1,10})-\\d+)(\\..*)?");

    private CheckName() {}

    static String next() {
        return PREFIX + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet();
    }

    static void removeLeftovers(MechanismCheck check) throws IOException {
        for (String name : check.names()) {
            Matcher ours = OURS.matcher(name);
            if (ours.matches() && ProcessHandle.of(Long.parseLong(ours.group(2))).isEmpty()) {
                check.remove(ours.group(1));
            }
        }
    }

    /** The number of this process's namespace of process ids. */
    private static String namespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
                    .toString()
                    .replaceAll("\\D", "");
        } catch (IOException e) {
            return "0"; // no /proc: every process is in the one there is
        }
    }
}
