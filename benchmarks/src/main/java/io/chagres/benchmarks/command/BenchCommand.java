// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.command;

import io.chagres.benchmarks.calls.CallBenchmarks;
import io.chagres.benchmarks.harness.Bench;
import io.chagres.benchmarks.harness.Contender;
import io.chagres.benchmarks.harness.Cpus;
import io.chagres.benchmarks.harness.Effort;
import io.chagres.benchmarks.harness.Mechanism;
import io.chagres.benchmarks.harness.Progress;
import io.chagres.benchmarks.harness.Selection;
import io.chagres.benchmarks.results.Placement;
import io.chagres.benchmarks.results.Report;
import io.chagres.benchmarks.startup.StartUp;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code chagres bench}. */
@Command(
        name = "bench",
        description = {
            "Measures, in turns: the exchanges of every mechanism between two processes, against C,"
                    + " against what Java has and against other libraries; what single calls cost;"
                    + " and what the first message of a cold JVM does.",
            "",
            "Exit code 0 when all parts have measured something, 1 when one could not, 2 for wrong"
                    + " usage. A missed target is a result, not a failure."
        })
public final class BenchCommand implements Callable<Integer> {

    /** The ids of what can be measured. */
    static final class MechanismIds extends Choices {
        private static final long serialVersionUID = 1L;

        MechanismIds() {
            super("mechanism", Mechanism.ALL.stream().map(Mechanism::id));
        }
    }

    /** The ids of who can take part. */
    static final class ContenderIds extends Choices {
        private static final long serialVersionUID = 1L;

        ContenderIds() {
            super("contender", Contender.ids());
        }
    }

    /** Where the ends can run. */
    static final class PlacementIds extends Choices {
        private static final long serialVersionUID = 1L;

        PlacementIds() {
            super("placement", Stream.of(Placement.values()).map(Placement::toString));
        }
    }

    /** How long a message can be. */
    static final class SizeIds extends Choices {
        private static final long serialVersionUID = 1L;

        SizeIds() {
            super("size", Selection.SIZES.stream().map(String::valueOf));
        }
    }

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--part",
            paramLabel = "PART",
            split = ",",
            completionCandidates = Part.Ids.class,
            description =
                    "Only this part; may be repeated. One of: ${COMPLETION-CANDIDATES}. Default:"
                            + " exchange with --quick and with options that select among the"
                            + " exchanges, else all.")
    private List<String> parts = new ArrayList<>();

    @Option(
            names = "--mechanism",
            paramLabel = "ID",
            split = ",",
            completionCandidates = MechanismIds.class,
            description = "Only this mechanism; may be repeated. One of: ${COMPLETION-CANDIDATES}.")
    private List<String> mechanisms = new ArrayList<>();

    @Option(
            names = "--contender",
            paramLabel = "ID",
            split = ",",
            completionCandidates = ContenderIds.class,
            description = "Only this contender; may be repeated. One of: ${COMPLETION-CANDIDATES}.")
    private List<String> contenders = new ArrayList<>();

    @Option(
            names = "--placement",
            paramLabel = "WHERE",
            split = ",",
            completionCandidates = PlacementIds.class,
            description =
                    "Only with both ends on one core (same), on two (split), or where the system"
                            + " puts them (free); may be repeated.")
    private List<String> placements = new ArrayList<>();

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            split = ",",
            completionCandidates = SizeIds.class,
            description =
                    "Only messages of this size; may be repeated. One of:"
                            + " ${COMPLETION-CANDIDATES}.")
    private List<String> sizes = new ArrayList<>();

    @Option(
            names = "--quick",
            description =
                    "In less than three minutes: one size, and each mechanism in the placement that"
                            + " shows its binding most. A ratio that this cannot decide is marked."
                            + " Calls are measured in one round.")
    private boolean quick;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "Rounds of each comparison of exchanges and of start-up. Default: 21, and of"
                            + " exchanges without --quick up to four times as many while a verdict"
                            + " is open.")
    private int rounds = Effort.ROUNDS;

    @Option(
            names = "--other",
            paramLabel = "CHECKOUT",
            description =
                    "Measure Chagres as it is built in another checkout too, as the contender"
                            + " chagres-other.")
    private @Nullable Path other;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Write them as one page with plots.")
    private @Nullable Path report;

    @Option(
            names = "--markdown",
            paramLabel = "FILE.md",
            description = "Write them as docs/performance.md has them.")
    private @Nullable Path markdown;

    /** For picocli. */
    public BenchCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Set<Part> chosen = parts();
        if (rounds < Effort.FEWEST_ROUNDS || rounds > Effort.MOST_ROUNDS) {
            throw wrongUsage(
                    "--rounds must be " + Effort.FEWEST_ROUNDS + " to " + Effort.MOST_ROUNDS);
        }
        Cpus cpus = Cpus.ofThisProcess();
        Selection selection = chosen.contains(Part.EXCHANGE) ? selection(cpus) : null;
        Outputs outputs = new Outputs(json, report, markdown);
        outputs.check();
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = new Progress(err, Boolean.getBoolean("chagres.progress"));
        try (Interruption interruption = new Interruption()) {
            BooleanSupplier ended = interruption::isRequested;
            Measurement measurement =
                    new Measurement(
                            selection == null ? null : bench(selection, cpus, progress, ended),
                            chosen.contains(Part.CALLS)
                                    ? new CallBenchmarks(quick, progress, ended)
                                    : null,
                            chosen.contains(Part.START_UP)
                                    ? new StartUp(rounds, progress, ended)
                                    : null);
            Report result = measure(measurement, cpus, interruption);
            progress.end();
            spec.commandLine().getOut().print(BenchTable.of(result));
            spec.commandLine().getOut().flush();
            outputs.write(result);
            return measurement.hasMeasured() ? 0 : 1;
        }
    }

    private Bench bench(Selection selection, Cpus cpus, Progress progress, BooleanSupplier ended) {
        return new Bench(
                selection,
                quick ? Effort.quick(rounds) : Effort.full(rounds),
                Path.of(System.getProperty("chagres.baselines", "none")),
                cpus,
                progress,
                ended);
    }

    private Report measure(Measurement measurement, Cpus cpus, Interruption interruption)
            throws IOException, InterruptedException {
        Instant begin = Instant.now();
        measurement.run();
        return new Report(
                MachineInfo.here(cpus.count()),
                commandLine(),
                begin.truncatedTo(ChronoUnit.SECONDS).toString(),
                ChronoUnit.SECONDS.between(begin, Instant.now()),
                !interruption.isRequested(),
                rounds,
                measurement.results(),
                measurement.ratios(),
                measurement.calls(),
                measurement.callTargets(),
                measurement.startUp(),
                measurement.leftOut());
    }

    private Set<Part> parts() {
        new Part.Ids().require(parts, spec.commandLine());
        boolean selects =
                other != null
                        || Stream.of(mechanisms, contenders, placements, sizes)
                                .anyMatch(Predicate.not(List::isEmpty));
        Set<Part> chosen = Part.of(parts, quick || selects);
        if (selects && !chosen.contains(Part.EXCHANGE)) {
            throw wrongUsage(
                    "--mechanism, --contender, --placement, --size and --other are for --part "
                            + Part.EXCHANGE);
        }
        return chosen;
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private Selection selection(Cpus cpus) throws IOException {
        new MechanismIds().require(mechanisms, spec.commandLine());
        new ContenderIds().require(contenders, spec.commandLine());
        new PlacementIds().require(placements, spec.commandLine());
        new SizeIds().require(sizes, spec.commandLine());
        Selection selection =
                new Selection(
                        mechanisms,
                        contenders,
                        Stream.of(Placement.values())
                                .filter(p -> placements.contains(p.toString()))
                                .toList(),
                        Selection.SIZES.stream()
                                .filter(s -> sizes.contains(String.valueOf(s)))
                                .toList(),
                        quick,
                        other == null ? "" : OtherBuild.classPath(other));
        if (other == null && contenders.contains(Contender.OTHER)) {
            throw wrongUsage("--contender " + Contender.OTHER + " needs --other");
        }
        if (!selection.hasContenders()) {
            throw wrongUsage(
                    "none of these contenders takes part in "
                            + (mechanisms.isEmpty()
                                    ? "any mechanism without --other"
                                    : String.join(" or ", mechanisms)));
        }
        for (Placement placement : selection.placements()) {
            if (!cpus.allow(placement)) {
                throw wrongUsage(
                        "--placement " + placement + " needs two CPUs; this process may use one");
            }
        }
        return selection;
    }

    /** As it can be typed again. */
    private String commandLine() {
        List<String> words = spec.commandLine().getParseResult().originalArgs();
        return "./chagres "
                + (words.isEmpty() ? List.of("bench") : words)
                        .stream().map(BenchCommand::quoted).collect(Collectors.joining(" "));
    }

    /** As a shell takes it for one word. */
    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
