// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import io.chagres.NotFoundException;
import io.chagres.mq.MessageQueue;
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
            "Removes names of IPC objects. Processes that have them open go on using them.",
            "",
            "Exit code 0 when every name was removed, 1 when one was not."
        })
public final class RmCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--mechanism",
            paramLabel = "ID",
            defaultValue = "posix-mq",
            completionCandidates = Mechanisms.Ids.class,
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
    public RmCommand() {}

    @Override
    public Integer call() {
        Mechanisms.requireKnown(List.of(mechanism), spec.commandLine());
        PrintWriter err = spec.commandLine().getErr();
        int exitCode = 0;
        for (String name : names) {
            try {
                remove(name);
            } catch (IOException e) {
                err.println("chagres rm: " + e.getMessage());
                exitCode = 1;
            }
        }
        err.flush();
        return exitCode;
    }

    private void remove(String name) throws IOException {
        try {
            MessageQueue.unlink(name);
        } catch (NotFoundException e) {
            if (!force) {
                throw e;
            }
        }
    }
}
