// SPDX-License-Identifier: Apache-2.0
package io.chagres.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Counts the behaviours of the list that the tests of this build have proven, and prints the count.
 */
@Tag("unit")
class ConformanceTest {

    private static final Path ROOT = Path.of(System.getProperty("chagres.root"));

    @Test
    void everyProvenBehaviourIsOfTheList() throws IOException {
        Set<String> listed = listed();
        Set<String> proven = proven();
        List<String> unknown = new ArrayList<>(proven);
        unknown.removeAll(listed);
        print(listed, proven);
        assertThat(unknown).as("@Conforms ids that the list does not have").isEmpty();
        assertThat(proven)
                .as("modules tested before this one have left their results")
                .isNotEmpty();
    }

    private static void print(Set<String> listed, Set<String> proven) {
        Map<String, int[]> areas = new LinkedHashMap<>();
        for (String id : listed) {
            int[] counts = areas.computeIfAbsent(id.substring(0, id.indexOf('/')), a -> new int[2]);
            counts[0] += proven.contains(id) ? 1 : 0;
            counts[1]++;
        }
        StringBuilder begun = new StringBuilder();
        areas.forEach(
                (area, counts) -> {
                    if (counts[0] > 0) {
                        begun.append(' ').append(area).append(' ').append(counts[0]);
                        begun.append('/').append(counts[1]);
                    }
                });
        System.out.println(
                "conformance: "
                        + proven.size()
                        + " of "
                        + listed.size()
                        + " behaviours proven:"
                        + begun);
    }

    private static Set<String> listed() throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        List<String> lines =
                Files.readAllLines(ROOT.resolve("verification/conformance/public.tsv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            ids.add(cells[0] + "/" + cells[1]);
        }
        return ids;
    }

    /**
     * What ConformanceListener has written in each module; a run of one module alone counts that
     * one.
     */
    private static Set<String> proven() throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.toList()) {
                Path results = module.resolve("target/conformance");
                if (Files.isDirectory(results)) {
                    try (Stream<Path> files = Files.list(results)) {
                        for (Path file : files.toList()) {
                            ids.addAll(Files.readAllLines(file));
                        }
                    }
                }
            }
        }
        return ids;
    }
}
