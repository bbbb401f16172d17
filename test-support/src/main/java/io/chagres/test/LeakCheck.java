// SPDX-License-Identifier: Apache-2.0
package io.chagres.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves something behind: a descriptor, a mapping of shared memory, a file in
 * /dev/shm, or an object under a name of {@link TestNames}. Register one as a static field of the
 * test class.
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {

    /** What the JVM itself opens when it first needs it. */
    private static final Pattern OF_THE_JVM =
            Pattern.compile(
                    ".*\\.(jar|class|so|jimage|jsa|dat|properties)|.*/lib/modules|/dev/u?random|/proc/.*|/sys/.*");

    /** One loop for parked threads and one for the shared poller have these two each. */
    private static final Pattern OF_THE_LOOPS =
            Pattern.compile("descriptor of anon_inode:\\[event(poll|fd)]");

    private static final int LOOPS = 2;

    private static final Pattern SHARED_MAPPING = Pattern.compile(".* (/dev/shm/|/memfd:|/SYSV).*");

    private final Predicate<String> exists;
    private Map<String, Integer> before = Map.of();

    private LeakCheck(Predicate<String> exists) {
        this.exists = exists;
    }

    /** Checks descriptors, mappings and /dev/shm. */
    public static LeakCheck ofDescriptors() {
        return new LeakCheck(name -> false);
    }

    /** Checks names as well, by what tells whether an object of a name exists. */
    public static LeakCheck ofDescriptorsAnd(Predicate<String> exists) {
        return new LeakCheck(exists);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        before = held();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        List<String> leaked = new ArrayList<>();
        held().forEach(
                        (thing, count) -> {
                            if (count > Math.max(kept(thing), before.getOrDefault(thing, 0))) {
                                leaked.add(thing);
                            }
                        });
        TestNames.issued().stream().filter(exists).forEach(name -> leaked.add("name " + name));
        if (!leaked.isEmpty()) {
            throw new AssertionError("left behind: " + leaked);
        }
    }

    /** How many of a thing the library keeps for the life of the process, from its first use. */
    private static int kept(String thing) {
        return OF_THE_LOOPS.matcher(thing).matches() ? LOOPS : 0;
    }

    private static Map<String, Integer> held() throws IOException {
        Map<String, Integer> held = new HashMap<>();
        for (Path descriptor : children(Path.of("/proc/self/fd"))) {
            try {
                String target = Files.readSymbolicLink(descriptor).toString();
                if (!OF_THE_JVM.matcher(target).matches()) {
                    held.merge("descriptor of " + target, 1, Integer::sum);
                }
            } catch (NoSuchFileException e) {
                // the one of this very listing, or another thread's
            }
        }
        for (String mapping : Files.readAllLines(Path.of("/proc/self/maps"))) {
            if (SHARED_MAPPING.matcher(mapping).matches()) {
                held.merge("mapping " + mapping, 1, Integer::sum);
            }
        }
        for (Path object : children(Path.of("/dev/shm"))) {
            if (object.toString().contains(TestNames.ownMark())) { // others use this machine too
                held.merge("object " + object, 1, Integer::sum);
            }
        }
        return held;
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.toList();
        }
    }
}
