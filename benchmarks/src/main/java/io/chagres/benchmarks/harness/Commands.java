// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import io.chagres.benchmarks.ends.EndMain;
import io.chagres.benchmarks.ends.JavaEnd;
import io.chagres.benchmarks.results.Placement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of the ends, and why some cannot run here. */
final class Commands {

    private final Path baselines;
    private final Cpus cpus;

    /**
     * Of ends on this machine.
     *
     * @param baselines the folder of the programs in C; need not exist
     * @param cpus that may be used
     */
    Commands(Path baselines, Cpus cpus) {
        this.baselines = baselines;
        this.cpus = cpus;
    }

    /** Why a contender cannot run here; empty if it can. */
    String missing(Contender contender) {
        JavaEnd java = contender.java();
        if (java == null) {
            return Files.isExecutable(program(contender))
                    ? ""
                    : "no " + contender.program() + " in C: it is built where a C compiler is";
        }
        return java.isPresent() ? "" : "its library is not on the class path: " + java.needs();
    }

    private Path program(Contender contender) {
        return baselines.resolve(contender.program());
    }

    /**
     * Of one end.
     *
     * @param contender whose
     * @param placement where it runs
     * @param name of its objects
     * @param driver which end
     * @param size bytes of a message
     */
    List<String> of(
            Contender contender, Placement placement, String name, boolean driver, int size) {
        // In a session of its own Ctrl-C does not reach it: who has started it ends it.
        List<String> command = new ArrayList<>(List.of("setsid"));
        JavaEnd java = contender.java();
        boolean both = java != null && java.oneProcess();
        String cpu = driver ? cpus.driver(placement) : cpus.echo(placement);
        if (!cpu.isEmpty()) {
            String list = both ? cpu + "," + cpus.echo(placement) : cpu;
            command.addAll(List.of("taskset", "--cpu-list", list));
        }
        String role = both ? "both" : driver ? "driver" : "echo";
        if (java == null) {
            command.addAll(
                    List.of(
                            program(contender).toString(),
                            name,
                            role,
                            String.valueOf(size),
                            contender.isThreaded() ? "threaded" : "alone"));
        } else {
            if (both && !cpu.isEmpty()) {
                addJava(command, "-Dchagres.bench.cpus=" + cpu + "," + cpus.echo(placement));
            } else {
                addJava(command, "-Dchagres.bench.cpus=");
            }
            command.addAll(List.of(java.mechanism(), java.contender(), name, role));
            command.add(String.valueOf(size));
        }
        return command;
    }

    private static void addJava(List<String> command, String property) {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JavaOptions.ALL);
        command.add(property);
        command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
        command.add(EndMain.class.getName());
    }
}
