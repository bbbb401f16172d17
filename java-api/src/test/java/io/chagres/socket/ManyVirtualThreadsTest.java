// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Many virtual threads, each with a socket, in a JVM of their own. */
@Tag("native")
@Tag("cross-process")
class ManyVirtualThreadsTest {

    /** The collector that second processes have by default stops all for half a second at times. */
    private static final List<String> SHORT_PAUSES = List.of("-XX:-UseSerialGC", "-XX:+UseG1GC");

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    @Test
    void allThatWaitAreServedAndAllAreEndedByClose() throws Exception {
        wait(folder, 500);
    }

    /**
     * Has so many wait in reads, receives and accepts.
     *
     * @return the most threads of the operating system that were seen
     */
    static int wait(Path folder, int count) throws Exception {
        int threads = 0;
        try (SecondProcess child =
                SecondProcess.java(
                        WaitingVirtualThreads.class, Integer.toString(count), folder.toString())) {
            for (String what : List.of("waiting ", "served ", "closed ")) {
                String line = child.readLine();
                assertThat(line).startsWith(what + count + " threads ");
                threads = Math.max(threads, Integer.parseInt(line.replaceAll(".* ", "")));
            }
            assertThat(child.exitCode()).isZero();
        }
        return threads;
    }

    @Test
    @Conforms("af_unix.select/O95")
    void aThousandClientsAreServedOnOneCarrier() throws Exception {
        try (SecondProcess child =
                SecondProcess.command(
                        SecondProcess.javaCommand(
                                List.of(),
                                List.of(
                                        "-Djdk.virtualThreadScheduler.parallelism=1",
                                        "-Djdk.virtualThreadScheduler.maxPoolSize=1"),
                                EchoProcesses.OneForAll.class,
                                folder.resolve("server").toString(),
                                "1000"))) {
            assertThat(child.readLine()).isEqualTo("right 10000");
            assertThat(child.readLine()).isEqualTo("failures 0");
            assertThat(child.exitCode()).isZero();
        }
    }

    @Test
    void eachEchoIsRight() throws Exception {
        echo(folder, 200, 20, 0);
    }

    /**
     * A server and its clients in two processes.
     *
     * @return milliseconds that a virtual thread of the server was late beyond a control, of all
     *     but one in a hundred; threads
     */
    static double[] echo(Path folder, int clients, int rounds, int pauseMillis) throws Exception {
        String path = folder.resolve("server").toString();
        String many = Integer.toString(clients);
        try (SecondProcess server =
                SecondProcess.command(
                        SecondProcess.javaCommand(
                                List.of(), SHORT_PAUSES, EchoProcesses.Server.class, path, many))) {
            assertThat(server.readLine()).isEqualTo("listens");
            try (SecondProcess asking =
                    SecondProcess.java(
                            EchoProcesses.Clients.class,
                            path,
                            many,
                            Integer.toString(rounds),
                            Integer.toString(pauseMillis))) {
                assertThat(server.readLine()).isEqualTo("all are connected");
                asking.writeLine("go");
                String[] measured = server.readLine().split(" ", -1);
                assertThat(asking.readLine()).isEqualTo("right " + (long) clients * rounds);
                assertThat(asking.exitCode()).isZero();
                server.writeLine("end");
                assertThat(server.readLine()).isEqualTo("failures 0");
                return new double[] {
                    Double.parseDouble(measured[0]), Double.parseDouble(measured[1])
                };
            }
        }
    }
}
