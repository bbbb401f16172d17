// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueAttributes;
import io.chagres.mq.MessageQueueEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chagres ls}. */
@Command(name = "ls", description = "Lists the IPC objects of this machine.")
public final class LsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON instead of the table.")
    private boolean json;

    /** One object; what this user may not see is null. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String mechanism,
            String name,
            String owner,
            String access,
            @Nullable Integer depth,
            @Nullable Integer messageSize,
            @Nullable Integer size) {

        static Row of(MessageQueueEntry queue) {
            MessageQueueAttributes attributes = queue.attributes().orElse(null);
            return new Row(
                    "posix-mq",
                    queue.name(),
                    queue.owner(),
                    queue.access().toString(),
                    attributes == null ? null : attributes.depth(),
                    attributes == null ? null : attributes.messageSize(),
                    attributes == null ? null : attributes.size());
        }
    }

    /** For picocli. */
    public LsCommand() {}

    @Override
    public Integer call() throws IOException {
        List<Row> rows = MessageQueue.list().stream().map(Row::of).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(rows));
        } else {
            out.print(table(rows));
        }
        out.flush();
        return 0;
    }

    private static String table(List<Row> rows) {
        TextTable table =
                new TextTable(
                        "mechanism", "name", "owner", "access", ">messages", ">depth", ">size");
        for (Row r : rows) {
            table.row(
                    r.mechanism,
                    r.name,
                    r.owner,
                    r.access,
                    text(r.size),
                    text(r.depth),
                    text(r.messageSize));
        }
        return table.toString();
    }

    private static String text(@Nullable Integer number) {
        return number == null ? "?" : number.toString();
    }
}
