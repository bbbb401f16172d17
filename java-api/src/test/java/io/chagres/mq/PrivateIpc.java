// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import io.chagres.test.Unprivileged;
import java.util.ArrayList;
import java.util.List;

/**
 * A program in an IPC namespace of its own: its queues are gone with it, and its limits can be set
 * without touching the machine's.
 */
final class PrivateIpc {

    private PrivateIpc() {}

    /**
     * The command line that starts a program there.
     *
     * @param program with its arguments
     * @param limits of fs.mqueue, as {@code queues_max=7}. An older kernel lets only root set them:
     *     the program reads what holds
     */
    static List<String> command(List<String> program, String... limits) {
        StringBuilder script = new StringBuilder();
        for (String limit : limits) {
            String[] parts = limit.split("=", -1);
            script.append("(echo " + parts[1] + " > /proc/sys/fs/mqueue/" + parts[0] + ") 2>&-; ");
        }
        script.append("exec \"$@\"");
        List<String> command = new ArrayList<>(List.of("unshare", "--ipc"));
        if (!Unprivileged.isRoot()) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(List.of("sh", "-c", script.toString(), "sh"));
        command.addAll(program);
        return command;
    }
}
