// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command in a JVM of its own, with its ends in theirs. */
@Tag("cross-process")
class BenchRunTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path directory;
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatATestHasLeft() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        Path baselines = Path.of(System.getProperty("chagres.peers")).resolveSibling("baselines");
        command.add("-Dchagres.baselines=" + baselines);
        command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
        command.addAll(List.of(Main.class.getName(), "bench", "--json", json().toString()));
        command.addAll(List.of(options));
        Process bench =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("output").toFile())
                        .start();
        started.add(bench);
        return bench;
    }

    private Path json() {
        return directory.resolve("out.json");
    }

    private JsonNode results() throws IOException {
        return new ObjectMapper().readTree(json().toFile());
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("output"));
    }

    /** The ends have the pid of who has started them in their command lines. */
    private static Stream<ProcessHandle> endsOf(Process bench) {
        return ProcessHandle.allProcesses()
                .filter(p -> isOf(p, "/chagres-bench-" + bench.pid() + "/"));
    }

    /** ProcessHandle gives no more than a page of it, which is less than a class path. */
    private static boolean isOf(ProcessHandle process, String words) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .replace('\0', ' ')
                    .contains(words);
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    private static boolean leavesNothing(Process bench) {
        return endsOf(bench).findAny().isEmpty()
                && Stream.of("/dev/shm", "/dev/mqueue", System.getProperty("java.io.tmpdir"))
                        .map(Path::of)
                        .noneMatch(folder -> holdsAnythingOf(folder, bench.pid()));
    }

    private static boolean holdsAnythingOf(Path folder, long pid) {
        String[] names = folder.toFile().list((f, name) -> name.contains("chagres-bench-" + pid));
        return names != null && names.length > 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo", "unix-stream", "unix-datagram", "unix-seqpacket"})
    void everyContenderIsMeasuredAndCompared(String mechanism) throws Exception {
        Process bench = start("--quick", "--mechanism", mechanism, "--rounds", "5");
        assertThat(bench.waitFor()).as(output()).isZero();
        JsonNode report = results();
        assertThat(report.get("complete").asBoolean()).isTrue();
        assertThat(report.get("leftOut")).as(output()).isEmpty();
        assertThat(report.get("results")).hasSizeGreaterThanOrEqualTo(4);
        for (JsonNode row : report.get("results")) {
            assertThat(row.get("mechanism").asText()).isEqualTo(mechanism);
            assertThat(row.get("placement").asText()).isEqualTo("same");
            assertThat(row.get("size").asInt()).isEqualTo(64);
            JsonNode times = row.get("roundTripNanos");
            assertThat(times.get("p50").asLong()).isPositive();
            assertThat(times.get("p999").asLong())
                    .isGreaterThanOrEqualTo(times.get("p50").asLong());
            assertThat(row.get("messagesPerSecond").asDouble()).isPositive();
            assertThat(row.get("bytesPerSecond").asDouble())
                    .isEqualTo(64 * row.get("messagesPerSecond").asDouble());
            assertThat(row.has("allocatedBytesPerOperation"))
                    .isEqualTo(
                            !row.get("contender").asText().startsWith("c-")
                                    && !row.get("contender").asText().equals("c"));
        }
        for (JsonNode ratio : report.get("ratios")) {
            assertThat(ratio.get("of").asText() + " / " + ratio.get("to").asText())
                    .matches("chagres / .*|c-threaded / jdk");
            assertThat(ratio.get("low").asDouble())
                    .isLessThanOrEqualTo(ratio.get("median").asDouble());
            assertThat(ratio.get("verdict").asText()).isIn("met", "missed", "undecided", "none");
        }
        assertThat(leavesNothing(bench)).isTrue();
    }

    @Test
    void whenEndedItWritesWhatItHasAndLeavesNothing() throws Exception {
        Process bench = start("--quick", "--mechanism", "anonymous-pipe,posix-mq");
        await().atMost(PATIENCE).until(() -> output().contains("posix-mq"));
        bench.destroy();
        assertThat(bench.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        JsonNode report = results();
        assertThat(report.get("complete").asBoolean()).isFalse();
        assertThat(report.get("results").findValuesAsText("mechanism")).contains("anonymous-pipe");
        assertThat(leavesNothing(bench)).as(output()).isTrue();
    }

    @Test
    void whenKilledItsProcessesEndAndTheirNamesGo() throws Exception {
        Process bench = start("--quick", "--mechanism", "posix-mq");
        await().atMost(PATIENCE).until(() -> endsOf(bench).count() >= 4);
        bench.destroyForcibly().waitFor();
        await().atMost(PATIENCE).until(() -> endsOf(bench).findAny().isEmpty());
        Process next = start("--quick", "--mechanism", "posix-mq", "--rounds", "5");
        assertThat(next.waitFor()).as(output()).isZero();
        assertThat(leavesNothing(bench)).isTrue();
        assertThat(leavesNothing(next)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix-mq", "posix-sem"})
    void anEndThatIsKilledWhileItStartsLeavesNoNames(String mechanism) throws Exception {
        Process bench =
                start("--quick", "--mechanism", mechanism, "--contender", "chagres,c-threaded");
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> endsOf(bench).anyMatch(p -> isOf(p, " echo ")));
        endsOf(bench).filter(p -> isOf(p, " echo ")).forEach(ProcessHandle::destroyForcibly);
        assertThat(bench.waitFor()).as(output()).isZero();
        assertThat(results().get("leftOut")).as(output()).isNotEmpty();
        assertThat(leavesNothing(bench)).isTrue();
    }

    @Test
    void whatEndsAfterFewRoundsDecidesNothing() throws Exception {
        Process bench =
                start("--mechanism", "fifo", "--contender", "chagres,c-threaded", "--size", "64");
        await().atMost(PATIENCE).until(() -> output().contains("c-threaded warms up"));
        bench.destroy();
        assertThat(bench.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        JsonNode report = results();
        for (JsonNode result : report.get("results")) {
            assertThat(result.get("rounds").asInt()).isLessThan(5);
        }
        assertThat(report.get("ratios").findValuesAsText("verdict"))
                .isSubsetOf("undecided", "none");
    }

    @Test
    void aResultThatCannotBeWrittenLosesNoOther() throws Exception {
        Path page = directory.resolve("page.html");
        Process bench =
                start(
                        "--quick",
                        "--mechanism",
                        "fifo",
                        "--contender",
                        "chagres,c",
                        "--rounds",
                        "5",
                        "--markdown",
                        "/dev/full",
                        "--report",
                        page.toString());
        assertThat(bench.waitFor()).as(output()).isEqualTo(1);
        assertThat(output()).contains("cannot write /dev/full", "No space left on device");
        assertThat(output()).contains("messages/s");
        assertThat(results().get("complete").asBoolean()).isTrue();
        assertThat(page).content().contains("<html");
    }

    @Test
    void anEndThatDiesLeavesItsContenderOutWithItsLastWords() throws Exception {
        Process bench = start("--quick", "--mechanism", "fifo", "--contender", "chagres,c");
        await().atMost(PATIENCE).until(() -> endsOf(bench).anyMatch(p -> isOf(p, "fifo chagres")));
        endsOf(bench)
                .filter(p -> isOf(p, "fifo chagres"))
                .filter(p -> isOf(p, " echo "))
                .forEach(ProcessHandle::destroyForcibly);
        endsOf(bench).filter(p -> isOf(p, "fifo chagres")).forEach(ProcessHandle::destroyForcibly);
        assertThat(bench.waitFor()).as(output()).isZero();
        JsonNode report = results();
        assertThat(report.get("leftOut").findValuesAsText("contender")).contains("chagres");
        assertThat(report.get("results").findValuesAsText("contender")).contains("c");
        assertThat(leavesNothing(bench)).isTrue();
    }

    @Test
    void aColdJvmIsMeasuredWithoutAnyExchange() throws Exception {
        Process bench = start("--part", "start-up", "--rounds", "5");
        assertThat(bench.waitFor()).as(output()).isZero();
        JsonNode report = results();
        assertThat(report.get("complete").asBoolean()).isTrue();
        assertThat(report.get("results")).isEmpty();
        assertThat(report.has("calls")).isFalse();
        for (JsonNode cost : report.get("startUp")) {
            assertThat(cost.get("low").asDouble()).isPositive();
            assertThat(cost.get("median").asDouble())
                    .isBetween(cost.get("low").asDouble(), cost.get("high").asDouble());
            assertThat(cost.get("rounds").asInt()).isEqualTo(5);
            assertThat(cost.has("target"))
                    .isEqualTo(cost.get("contender").asText().matches("one message(, AOT cache)?"));
        }
        // An AOT cache takes jars only, which this class path is not made of.
        assertThat(report.get("startUp").findValuesAsText("contender")).contains("one message");
        assertThat(report.get("leftOut").findValuesAsText("contender"))
                .as(output())
                .allMatch(contender -> contender.endsWith(", AOT cache"));
        assertThat(leavesNothing(bench)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"start-up, 'start-up, 21 rounds'", "calls, 'calls, round 1'"})
    void aPartThatIsEndedWritesWhatItHasAndLeavesNothing(String part, String begun)
            throws Exception {
        Process bench = start("--part", part);
        await().atMost(PATIENCE).until(() -> output().contains(begun));
        bench.destroy();
        assertThat(bench.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(results().get("complete").asBoolean()).isFalse();
        assertThat(leavesNothing(bench)).as(output()).isTrue();
    }
}
