// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand virtual threads, each with a socket. */
@Tag("stress")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ManyVirtualThreadsStressTest {

    private static final int MANY = 10_000;
    private static final double ALLOWED_MILLIS = 100;
    private static final int ALLOWED_THREADS = 300;

    @TempDir Path folder;

    @Test
    void tenThousandWaitAndAreServedAndEnded() throws Exception {
        int threads = ManyVirtualThreadsTest.wait(folder, MANY);
        System.err.println("10,000 that wait at sockets: OS threads " + threads);
        assertThat(threads).isLessThan(ALLOWED_THREADS);
    }

    /** Each asks once a second, which leaves the machine time: without that there is a queue. */
    @Test
    void tenThousandEchoesAreRightAndAnotherThreadRuns() throws Exception {
        double[] measured = ManyVirtualThreadsTest.echo(folder, MANY, 7, 1_000);
        System.err.println(
                "a virtual thread beside 10,000 that echo: excess of 99 % "
                        + measured[0]
                        + " ms; OS threads "
                        + measured[1]);
        assertThat(measured[0]).isLessThan(ALLOWED_MILLIS);
        assertThat(measured[1]).isLessThan(ALLOWED_THREADS);
    }
}
