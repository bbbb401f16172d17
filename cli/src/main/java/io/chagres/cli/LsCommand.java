// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import io.chagres.Ipc;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chagres ls}. */
@Command(
        name = "ls",
        description = {
            "Lists the IPC objects of this machine.",
            "",
            "Exit code 0 when all were listed, 1 when those of a mechanism could not be."
        })
public final class LsCommand implements Callable<Integer> {

    private final List<ListedObjects> all;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--mechanism",
            paramLabel = "ID",
            completionCandidates = Mechanisms.Listed.class,
            description = "Only this mechanism; may be repeated. One of: ${COMPLETION-CANDIDATES}.")
    private List<String> mechanisms = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON instead of the table.")
    private boolean json;

    /** For picocli. */
    public LsCommand() {
        this(NamedObjects.ALL);
    }

    LsCommand(List<NamedObjects> all) {
        this.all = Mechanisms.listed(all);
    }

    @Override
    public Integer call() {
        List<NamedObject> found = new ArrayList<>();
        int exitCode = 0;
        for (ListedObjects objects : selected()) {
            try {
                found.addAll(objects.list());
            } catch (IOException | UnsupportedOperationException e) {
                if (isFailure(objects)) {
                    report(objects, e);
                    exitCode = 1;
                }
            }
        }
        print(found);
        return exitCode;
    }

    private List<ListedObjects> selected() {
        Mechanisms.require(
                mechanisms,
                all.stream().map(o -> o.mechanism().id()).toList(),
                "cannot be listed",
                spec.commandLine());
        return all.stream()
                .filter(o -> mechanisms.isEmpty() || mechanisms.contains(o.mechanism().id()))
                .toList();
    }

    /** Who asks for whatever there is does not miss what this machine lacks. */
    private boolean isFailure(ListedObjects objects) {
        return !mechanisms.isEmpty() || Ipc.supports(objects.mechanism());
    }

    private void report(ListedObjects objects, Exception e) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("chagres ls: " + objects.mechanism().id() + ": " + e.getMessage());
        err.flush();
    }

    private void print(List<NamedObject> found) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(found));
        } else {
            TextTable table = new TextTable("mechanism", "name", "owner", "access", "details");
            for (NamedObject o : found) {
                table.row(o.mechanism(), o.name(), o.owner(), o.access(), o.details());
            }
            out.print(table);
        }
        out.flush();
    }
}
