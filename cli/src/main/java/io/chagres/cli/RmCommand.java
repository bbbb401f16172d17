// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import io.chagres.NotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chagres rm}. */
@Command(
        name = "rm",
        description = {
            "Removes names of IPC objects. Processes that have them open go on using them."
                    + " A socket that a process has open is not removed.",
            "",
            "Exit code 0 when every name was removed, 1 when one was not."
        })
public final class RmCommand implements Callable<Integer> {

    private final List<NamedObjects> all;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--mechanism",
            paramLabel = "ID",
            defaultValue = "posix-mq",
            completionCandidates = Mechanisms.Named.class,
            description =
                    "What kind of object it is. One of: ${COMPLETION-CANDIDATES}."
                            + " Default: ${DEFAULT-VALUE}.")
    private String mechanism = "posix-mq";

    @Option(
            names = {"-f", "--force"},
            description = "A name that does not exist is no error.")
    private boolean force;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "As ls shows it.")
    private List<String> names = new ArrayList<>();

    /** For picocli. */
    public RmCommand() {
        this(NamedObjects.ALL);
    }

    RmCommand(List<NamedObjects> all) {
        this.all = all;
    }

    @Override
    public Integer call() {
        NamedObjects objects = objects();
        PrintWriter err = spec.commandLine().getErr();
        int exitCode = 0;
        for (String name : names) {
            try {
                remove(objects, name);
            } catch (IOException e) {
                err.println("chagres rm: " + e.getMessage());
                exitCode = 1;
            }
        }
        err.flush();
        return exitCode;
    }

    private NamedObjects objects() {
        Mechanisms.require(
                List.of(mechanism),
                all.stream().map(o -> o.mechanism().id()).toList(),
                "has no names",
                spec.commandLine());
        return all.stream()
                .filter(o -> o.mechanism().id().equals(mechanism))
                .findFirst()
                .orElseThrow();
    }

    private void remove(NamedObjects objects, String name) throws IOException {
        try {
            objects.remove(name);
        } catch (NotFoundException e) {
            if (!force) {
                throw e;
            }
        }
    }
}
