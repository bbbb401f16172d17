// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import io.chagres.benchmarks.ends.EndMain;
import io.chagres.benchmarks.ends.JavaEnd;
import io.chagres.benchmarks.results.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of the ends, and why some cannot run here. */
final class Commands {

    private final Path baselines;
    private final Cpus cpus;

    /** Of {@link Contender#isOther}; empty if there is none. */
    private final String otherClassPath;

    /**
     * Of ends on this machine.
     *
     * @param baselines the folder of the programs in C; need not exist
     * @param cpus that may be used
     * @param otherClassPath of another build of Chagres and of these benchmarks; may be empty
     */
    Commands(Path baselines, Cpus cpus, String otherClassPath) {
        this.baselines = baselines;
        this.cpus = cpus;
        this.otherClassPath = otherClassPath;
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
        JavaEnd java = contender.java();
        boolean both = java != null && java.oneProcess();
        String role = both ? "both" : driver ? "driver" : "echo";
        // In a session of its own Ctrl-C does not reach it: who has started it ends it.
        List<String> command = new ArrayList<>(List.of("setsid"));
        if (java == null) {
            String threads = contender.isThreaded() ? "threaded" : "alone";
            command.add(program(contender).toString());
            command.addAll(List.of(name, role, String.valueOf(size), threads));
        } else {
            command.addAll(jvm(contender.isOther() ? otherClassPath : ownClassPath()));
            if (both) {
                // Before the class. Two ends in one process pin their threads by themselves.
                command.add(command.size() - 1, "-Dchagres.bench.cpus=" + pinned(placement));
            }
            command.addAll(List.of(java.mechanism(), java.contender(), name, role));
            command.add(String.valueOf(size));
        }
        return command;
    }

    private String pinned(Placement placement) {
        return placement == Placement.FREE
                ? ""
                : cpus.driver(placement) + "," + cpus.echo(placement);
    }

    private static List<String> jvm(String classPath) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JavaOptions.ALL);
        command.addAll(List.of("--class-path", classPath, EndMain.class.getName()));
        return command;
    }

    /** Pins a process that was free to warm up. */
    void pin(Placement placement, boolean driver, long pid) throws IOException {
        String cpu = driver ? cpus.driver(placement) : cpus.echo(placement);
        if (cpu.isEmpty()) {
            return;
        }
        List<String> command = List.of("taskset", "-a", "-p", "-c", cpu, String.valueOf(pid));
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    private static String ownClassPath() {
        return System.getProperty("java.class.path");
    }
}
