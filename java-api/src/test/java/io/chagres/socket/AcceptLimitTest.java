// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.Threads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that has no descriptor left for a connection. */
@Tag("native")
@Tag("cross-process")
class AcceptLimitTest {

    private static final String REFUSED = "accept EMFILE RLIMIT_NOFILE 100";
    private static final int CLIENTS = 5;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Threads.class)
    void theLimitIsToldAndEachConnectionIsThereWhenADescriptorIs(Threads threads) throws Exception {
        assertThat(run(folder, threads)).isNotNegative();
    }

    /**
     * Has a server refuse connections and then take them.
     *
     * @return hundredths of a second of the processor that the library took in half a second
     *     meanwhile
     */
    static long run(Path folder, Threads threads) throws Exception {
        UnixAddress address = UnixAddress.of(folder.resolve("server"));
        List<UnixSocketChannel> clients = new ArrayList<>();
        try (SecondProcess child = start(address, threads)) {
            assertThat(child.readLine()).isEqualTo("loaded");
            for (int i = 0; i < CLIENTS; i++) {
                UnixSocketChannel client = UnixSocketChannel.connect(address, UnixWaits.PATIENCE);
                clients.add(client);
                client.write(new byte[] {(byte) i});
            }
            child.writeLine("all are waiting");
            for (int i = 0; i < 3; i++) {
                assertThat(child.readLine()).isEqualTo(REFUSED);
            }
            String ticks = child.readLine();
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(child.readLine()).isEqualTo(REFUSED);
            }
            assertThat(child.readLine()).isEqualTo("accepted " + CLIENTS);
            for (int i = 0; i < CLIENTS; i++) {
                byte[] echo = new byte[1];
                assertThat(clients.get(i).read(echo, UnixWaits.PATIENCE)).isOne();
                assertThat(echo[0]).isEqualTo((byte) i);
                clients.get(i).close();
            }
            return Long.parseLong(ticks.substring("ticks ".length()));
        }
    }

    private static SecondProcess start(UnixAddress address, Threads threads) throws Exception {
        return SecondProcess.command(
                SecondProcess.javaCommand(
                        List.of("sh", "-c", "ulimit -n 100; exec \"$@\"", "sh"),
                        List.of("-XX:-MaxFDLimit"),
                        AcceptLimitChildren.AcceptsUntilRefused.class,
                        address.toString(),
                        threads.name().toLowerCase(Locale.ROOT)));
    }
}
