// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import io.chagres.cli.check.CheckCommand;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code chagres} command. */
@Command(
        name = "chagres",
        description = "Checks, shows and handles the ways in which processes of this machine talk.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        subcommands = {CheckCommand.class, LsCommand.class, RmCommand.class, HelpCommand.class})
public final class Main {

    private static final int FAILED = 1;

    private Main() {}

    /**
     * Runs a command line and exits with its code.
     *
     * @param args of the command line
     */
    public static void main(String[] args) {
        CommandLine command = commandLine();
        command.getCommandSpec()
                .usageMessage()
                .footer("", "In a checkout, './chagres bench' measures them too.");
        System.exit(command.execute(args));
    }

    /**
     * The command with its subcommands.
     *
     * @param more subcommands, such as the benchmarks of a checkout
     */
    public static CommandLine commandLine(Object... more) {
        CommandLine command = new CommandLine(new Main());
        for (Object subcommand : more) {
            command.addSubcommand(subcommand);
        }
        command.setParameterExceptionHandler((e, args) -> wrongUsage(e));
        command.setExecutionExceptionHandler(
                (e, failed, parsed) -> {
                    if (isAnswer(e)) {
                        failed.getErr()
                                .println(
                                        "chagres "
                                                + failed.getCommandName()
                                                + ": "
                                                + e.getMessage());
                        return FAILED;
                    }
                    throw e;
                });
        return command;
    }

    /** Says what is wrong and where the help is; all of the help would hide it. */
    private static int wrongUsage(ParameterException e) {
        CommandLine failed = e.getCommandLine();
        String name = failed.getCommandSpec().qualifiedName();
        PrintWriter err = failed.getErr();
        err.println(name + ": " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + name + " --help'.");
        err.flush();
        return failed.getCommandSpec().exitCodeOnInvalidInput();
    }

    /**
     * Whether an exception is the system's answer to what was asked, rather than a mistake of ours.
     */
    private static boolean isAnswer(Exception e) {
        return e instanceof IOException
                || e instanceof UnsupportedOperationException
                || e instanceof IllegalCallerException;
    }
}
