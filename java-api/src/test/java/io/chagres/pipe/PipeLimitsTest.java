// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.Mechanism;
import io.chagres.posix.Unistd;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.Unprivileged;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Capacity, packets, and limits that are hit. */
@Tag("native")
class PipeLimitsTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @Test
    void pipesAndFifosWorkHere() {
        assertThat(Ipc.whyUnsupported(Mechanism.ANONYMOUS_PIPE)).isEmpty();
        assertThat(Ipc.whyUnsupported(Mechanism.FIFO)).isEmpty();
    }

    @Test
    @Conforms("pipe/O112")
    void theCapacityIsRoundedUpToAPowerOfTwoOfPages() throws Exception {
        try (AnonymousPipe pipe = AnonymousPipe.open()) {
            assertThat(pipe.source().capacity()).isEqualTo(65_536);
            assertThat(pipe.source().capacity(65_537)).isEqualTo(131_072);
            assertThat(pipe.sink().capacity()).isEqualTo(131_072);
            assertThat(pipe.sink().capacity(1))
                    .isEqualTo((int) Unistd.sysconf(Unistd._SC_PAGESIZE));
        }
        PipeOptions options = PipeOptions.defaults().withCapacity(1 << 18);
        try (AnonymousPipe pipe = AnonymousPipe.open(options)) {
            assertThat(pipe.sink().capacity()).isEqualTo(1 << 18);
            assertThat(new Ends(pipe.source(), pipe.sink()).fill()).isEqualTo(1 << 18);
        }
    }

    @Test
    void aCapacityBelowWhatIsInThePipeIsRefused() throws Exception {
        try (AnonymousPipe pipe = AnonymousPipe.open()) {
            new Ends(pipe.source(), pipe.sink()).fill();
            assertThatThrownBy(() -> pipe.sink().capacity(4096))
                    .isInstanceOfSatisfying(
                            IpcException.class, e -> assertThat(e.symbol()).isEqualTo("EBUSY"))
                    .hasMessageContaining("more is in the pipe than");
            assertThat(pipe.sink().capacity()).isEqualTo(65_536);
        }
    }

    @Test
    @Tag("cross-process")
    @Conforms("pipe/O113")
    void aCapacityAboveTheSystemsIsRefusedWithTheLimitsName() throws Exception {
        long max;
        try (BufferedReader reader =
                Files.newBufferedReader(Path.of("/proc/sys/fs/pipe-max-size"))) {
            max = Long.parseLong(reader.readLine().strip()); // only a first read tells it all
        }
        try (Unprivileged user = Unprivileged.create();
                SecondProcess child =
                        SecondProcess.command(
                                user.javaCommand(
                                        PipeLimitChildren.AsksForTooMuch.class,
                                        Long.toString(max)))) {
            assertThat(child.readLine()).isEqualTo("open fcntl EPERM fs.pipe-max-size " + max);
            assertThat(child.readLine()).isEqualTo("change fcntl EPERM fs.pipe-max-size " + max);
            assertThat(child.exitCode()).isZero();
        }
    }

    @Test
    @Conforms("pipe/O119")
    void packetsAreReadOneByOneAndTheirRestIsDropped() throws Exception {
        try (AnonymousPipe pipe = AnonymousPipe.open(PipeOptions.defaults().withPackets(true))) {
            byte[] target = new byte[5000];
            pipe.sink().write(new byte[] {1, 2, 3});
            pipe.sink().write(new byte[] {4, 5}, Ends.PATIENCE);
            pipe.sink().tryWrite(new byte[] {6});
            pipe.sink().write(new byte[5000]);
            assertThat(pipe.source().read(new byte[2])).isEqualTo(2);
            assertThat(pipe.source().tryRead(target)).isEqualTo(2);
            assertThat(pipe.source().read(target, Ends.PATIENCE)).isEqualTo(1);
            assertThat(pipe.source().read(target)).isEqualTo(4096);
            assertThat(pipe.source().read(target)).isEqualTo(904);
            assertThat(pipe.source().tryRead(target)).isEqualTo(Ipc.WOULD_BLOCK);
        }
    }

    @Test
    @Tag("cross-process")
    @Conforms({"pipe/O116", "pipe/O117"})
    void exhaustedDescriptorsLeaveNoHalfPipeAndNoFifo() throws Exception {
        Path folder = Files.createTempDirectory("chagres-exhausted");
        Path fifo = folder.resolve("fifo");
        try (SecondProcess child =
                SecondProcess.command(
                        SecondProcess.javaCommand(
                                List.of("sh", "-c", "ulimit -n 200; exec \"$@\"", "sh"),
                                List.of("-XX:-MaxFDLimit"),
                                PipeLimitChildren.OpensUntilRefused.class,
                                fifo.toString()))) {
            assertThat(child.readLine()).startsWith("loaded ");
            assertThat(child.readLine()).isEqualTo("pipe pipe2 EMFILE RLIMIT_NOFILE 200");
            assertThat(child.readLine()).isEqualTo("at most one is left: true");
            assertThat(child.readLine()).isEqualTo("fifo open EMFILE RLIMIT_NOFILE 200");
            assertThat(child.readLine()).isEqualTo("every pipe works: true");
            assertThat(child.exitCode()).isZero();
            assertThat(fifo).doesNotExist();
        } finally {
            Files.delete(folder);
        }
    }
}
