// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.command;

import io.chagres.Ipc;
import io.chagres.benchmarks.results.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds out what this machine is. */
final class MachineInfo {

    private MachineInfo() {}

    static Machine here(int cpus) throws IOException {
        List<String> cpuInfo = Files.readAllLines(Path.of("/proc/cpuinfo"));
        String flags = field(cpuInfo, "flags", ':');
        return new Machine(
                Ipc.platform(),
                field(cpuInfo, "model name", ':'),
                cpus,
                flags.contains(" hypervisor"),
                kernel("ostype") + " " + kernel("osrelease"),
                distribution(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                compiler(Path.of(System.getProperty("chagres.baselines", "none"))));
    }

    private static String kernel(String what) throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel", what)).trim();
    }

    private static String distribution() throws IOException {
        Path release = Path.of("/etc/os-release");
        return Files.exists(release)
                ? field(Files.readAllLines(release), "PRETTY_NAME", '=').replace("\"", "")
                : "";
    }

    private static String field(List<String> lines, String name, char separator) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(separator) + 1))
                .findFirst()
                .orElse("")
                .trim();
    }

    /** The one that has built the programs in C, which says so beside them; none without them. */
    private static String compiler(Path baselines) throws IOException {
        Path written = baselines.resolve("compiler.txt");
        return Files.exists(written) ? Files.readString(written).strip() : "";
    }
}
