// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Ipc;
import io.chagres.cli.Json;
import io.chagres.cli.Mechanisms;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code chagres check}. */
@Command(
        name = "check",
        description = {
            "Exchanges real messages with a second process, by every mechanism of this platform,"
                    + " and verifies every byte.",
            "",
            "Exit code 0 when everything that this machine supports works, 1 when something failed,"
                    + " 2 for wrong usage."
        })
public final class CheckCommand implements Callable<Integer> {

    enum Peers {
        JAVA,
        C,
        ALL;

        List<PeerKind> kinds() {
            return switch (this) {
                case JAVA -> List.of(PeerKind.JAVA);
                case C -> List.of(PeerKind.C);
                case ALL -> List.of(PeerKind.values());
            };
        }

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** From {@link Peers#toString}; picocli's own converter shows the names of the constants. */
    static final class PeersConverter implements ITypeConverter<Peers> {
        @Override
        public Peers convert(String value) {
            for (Peers peers : Peers.values()) {
                if (peers.toString().equals(value)) {
                    return peers;
                }
            }
            throw new TypeConversionException(
                    "expected one of java, c, all but was '" + value + "'");
        }
    }

    /** The mechanisms that take part. */
    static final class Checked extends Mechanisms.Ids {
        private static final long serialVersionUID = 1L;

        Checked() {
            super(MechanismCheck.ALL.stream().map(MechanismCheck::mechanism));
        }
    }

    /** Set by the launcher when standard error is a terminal. */
    private static final boolean PROGRESS = Boolean.getBoolean("chagres.progress");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--mechanism",
            paramLabel = "ID",
            completionCandidates = Checked.class,
            description = "Only this mechanism; may be repeated. One of: ${COMPLETION-CANDIDATES}.")
    private List<String> mechanisms = new ArrayList<>();

    @Option(
            names = "--peer",
            paramLabel = "KIND",
            defaultValue = "all",
            converter = PeersConverter.class,
            description =
                    "What the second process is: java (another JVM), c (a C program) or all."
                            + " Default: ${DEFAULT-VALUE}.")
    private Peers peers = Peers.ALL;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "How long a peer may take for one step before it is ended and its row is"
                            + " failed. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds = 10;

    @Option(names = "--json", description = "Print JSON instead of the table.")
    private boolean json;

    /** The whole of {@code --json}. */
    record Report(String platform, String jdk, List<CheckResult> results) {}

    /** For picocli. */
    public CheckCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        if (timeoutSeconds <= 0) {
            throw new ParameterException(spec.commandLine(), "--timeout must be positive");
        }
        List<MechanismCheck> checks = selected();
        CheckRunner runner = new CheckRunner(Phases.STANDARD, Duration.ofSeconds(timeoutSeconds));
        List<CheckResult> results = new ArrayList<>();
        for (MechanismCheck check : checks) {
            for (PeerKind kind : peers.kinds()) {
                progress(check.mechanism().id() + " with a " + kind.id() + " peer ...");
                results.add(runner.run(check, kind));
            }
        }
        print(results);
        boolean failed = results.stream().anyMatch(r -> r.status() == CheckResult.Status.FAILED);
        return failed ? 1 : 0;
    }

    private List<MechanismCheck> selected() {
        Mechanisms.require(mechanisms, new Checked(), "takes no part in check", spec.commandLine());
        return MechanismCheck.ALL.stream()
                .filter(c -> mechanisms.isEmpty() || mechanisms.contains(c.mechanism().id()))
                .toList();
    }

    private void print(List<CheckResult> results) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(new Report(Ipc.platform(), Runtime.version().toString(), results)));
        } else {
            out.print(CheckTable.of(results));
        }
        out.flush();
    }

    /** For a person who waits; a file or a pipe gets the result alone. */
    private void progress(String what) {
        if (PROGRESS) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(what);
            err.flush();
        }
    }
}
