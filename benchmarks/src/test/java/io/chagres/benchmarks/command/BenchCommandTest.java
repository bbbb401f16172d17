// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Tag("unit")
class BenchCommandTest {

    @TempDir private Path directory;

    private record Run(int exitCode, String out, String err) {}

    private static Run run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine(new BenchCommand());
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return new Run(command.execute(args), out.toString(), err.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "--mechanism, fifo",
        "--contender, c-threaded",
        "--placement, same",
        "--size, 4096",
        "--part, start-up",
    })
    void anUnknownValueListsTheKnownOnes(String option, String known) {
        Run run = run("bench", option, "nothing");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'nothing'", "known: ", known);
    }

    @Test
    void aKnownAndAnUnknownValueTogetherAreRefused() {
        assertThat(run("bench", "--mechanism", "fifo,nothing").exitCode()).isEqualTo(2);
        assertThat(run("bench", "--mechanism", "fifo", "--mechanism", "").exitCode()).isEqualTo(2);
    }

    @Test
    void whatSelectsAmongExchangesNeedsThem() {
        Run run = run("bench", "--part", "calls,start-up", "--mechanism", "fifo");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--mechanism").contains("are for --part exchange");
    }

    @Test
    void withoutPartsItDependsOnWhatElseIsChosen() {
        assertThat(Part.of(List.of(), false)).containsExactly(Part.values());
        assertThat(Part.of(List.of(), true)).containsExactly(Part.EXCHANGE);
        assertThat(Part.of(List.of("start-up", "calls"), true))
                .containsExactly(Part.CALLS, Part.START_UP);
    }

    @Test
    void aContenderThatTakesNoPartIsWrongUsage() {
        Run run = run("bench", "--mechanism", "posix-mq", "--contender", "jdk");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("none of these contenders takes part in posix-mq");
    }

    @Test
    void whatCannotBeIsWrongUsage() {
        assertThat(run("bench", "--rounds", "2147483647").err()).contains("5 to 1000");
        assertThat(run("bench", "--contender", "chagres-other,c").err()).contains("needs --other");
        assertThat(run("bench", "--other", "").err()).contains("--other is empty");
        String file = directory.resolve("same").toString();
        assertThat(run("bench", "--json", file, "--report", file).err())
                .contains("two of the results would go to " + file);
        assertThat(Path.of(file)).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"--json", "--report", "--markdown"})
    void aFileThatCannotBeWrittenFailsBeforeAnythingIsMeasured(String option) {
        Path file = directory.resolve("no").resolve("such").resolve("folder");
        Run run = run("bench", "--quick", option, file.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("cannot write " + file).doesNotContain("min left");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReplacedKeepsWhatItHas() throws Exception {
        Path good = Files.writeString(directory.resolve("good.json"), "old");
        Run run = run("bench", "--json", good.toString(), "--report", directory.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(good).hasContent("old");
    }

    @Test
    void tooFewRoundsAreRefused() {
        assertThat(run("bench", "--rounds", "4").exitCode()).isEqualTo(2);
    }

    @Test
    void anotherCheckoutThatIsNotBuiltIsRefused() {
        Run run = run("bench", "--other", directory.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("nothing is built in " + directory);
    }
}
