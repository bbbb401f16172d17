// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.command;

/** The {@code chagres} command of a checkout, which can measure too. */
public final class Main {

    private Main() {}

    /**
     * Runs a command line and exits with its code.
     *
     * @param args of the command line
     */
    public static void main(String[] args) {
        System.exit(io.chagres.cli.Main.commandLine(new BenchCommand()).execute(args));
    }
}
