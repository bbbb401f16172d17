// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.pipe.PipeSource;
import io.chagres.shm.Mapping;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryOptions;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that a service manager has started. */
@Tag("cross-process")
class SystemdProcessesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    private SecondProcess manager;

    /** What the service and the manager print has an order for each only. */
    private final Deque<String> ofService = new ArrayDeque<>();

    private final Deque<String> ofManager = new ArrayDeque<>();

    @AfterEach
    void end() throws IOException {
        manager.close();
    }

    private void start(Class<?> service, String... options) throws Exception {
        Path program = Path.of("java-api", "src", "test", "python", "service_manager.py");
        Path root = Path.of(System.getProperty("chagres.root"));
        List<String> prefix = new ArrayList<>(List.of("python3", root.resolve(program).toString()));
        prefix.addAll(List.of(options));
        prefix.add("--");
        manager =
                SecondProcess.command(
                        SecondProcess.javaCommand(prefix, List.of(), service, folder.toString()));
    }

    private String next(Deque<String> wanted) throws InterruptedException {
        while (wanted.isEmpty()) {
            String line = manager.readLine();
            boolean manages = line.startsWith("notified ") || line.startsWith("exited ");
            if (!line.startsWith("started ")) {
                (manages ? ofManager : ofService).add(line);
            }
        }
        return wanted.remove();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    /** Says a greeting on a connection, and what it reads back. */
    private static void greet(UnixSocketChannel connection) throws Exception {
        connection.write("hello".getBytes(UTF_8), PATIENCE);
        byte[] answer = new byte[5];
        connection.readFully(answer);
        System.out.println(new String(answer, UTF_8));
    }

    private static void answer(UnixSocketChannel connection) throws Exception {
        byte[] greeting = new byte[5];
        assertThat(connection.readFully(greeting)).isEqualTo(5);
        assertThat(new String(greeting, UTF_8)).isEqualTo("hello");
        connection.write("world".getBytes(UTF_8));
    }

    private static String flagsOf(int fd) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd)).stream()
                .filter(line -> line.startsWith("flags:"))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isCloseOnExec(int fd) throws IOException {
        String octal = flagsOf(fd).replaceAll(".*\\s", "");
        return (Integer.parseInt(octal, 8) & 02000000) != 0;
    }

    @Test
    void theServiceTakesEverySocketThatItsManagerHasOpened() throws Exception {
        start(
                TakesSockets.class,
                "--listen",
                "main=stream:" + path("stream"),
                "--listen",
                "main=stream:@chagres-test-" + ProcessHandle.current().pid(),
                "--listen",
                "packets=seqpacket:" + path("seqpacket"),
                "--listen",
                "log=datagram:" + path("datagram"),
                "--listen",
                "fifo=fifo:" + path("fifo"),
                "--notify",
                path("notify"));
        assertThat(next(ofService))
                .isEqualTo("[main, main, packets, log, fifo] close-on-exec true, then []");
        assertThat(next(ofManager)).isEqualTo("notified service 0 READY=1");
        UnixAddress address = UnixAddress.of(path("stream"));
        try (UnixSocketChannel client = UnixSocketChannel.connect(address, PATIENCE)) {
            answer(client);
            assertThat(next(ofService)).isEqualTo("world");
        }
        assertThat(next(ofManager)).isEqualTo("notified service 0 STOPPING=1|STATUS=bye");
        assertThat(next(ofManager)).isEqualTo("exited 0");
        assertThat(Files.exists(folder.resolve("stream"))).isTrue();
    }

    /** Makes each the handle of what it is, and serves one client. */
    static final class TakesSockets {
        public static void main(String[] args) throws Exception {
            Systemd systemd = Systemd.ofThisProcess();
            List<NamedDescriptor> passed = systemd.takeDescriptors();
            boolean closeOnExec = true;
            for (NamedDescriptor each : passed) {
                try (BorrowedDescriptor loan = each.descriptor().borrow()) {
                    closeOnExec &= isCloseOnExec(loan.fd());
                }
            }
            System.out.println(
                    passed.stream().map(NamedDescriptor::name).toList()
                            + " close-on-exec "
                            + closeOnExec
                            + ", then "
                            + systemd.takeDescriptors());
            try (UnixServerChannel stream =
                            passed.get(0).descriptor().as(UnixServerChannel::adopt);
                    UnixServerChannel named =
                            passed.get(1).descriptor().as(UnixServerChannel::adopt);
                    UnixSeqPacketServerChannel packets =
                            passed.get(2).descriptor().as(UnixSeqPacketServerChannel::adopt);
                    UnixDatagramChannel log =
                            passed.get(3).descriptor().as(UnixDatagramChannel::adopt);
                    PipeSource fifo = passed.get(4).descriptor().as(PipeSource::adopt)) {
                systemd.ready();
                try (UnixSocketChannel connection = stream.accept(PATIENCE)) {
                    greet(connection);
                }
                assertThat(named.localAddress().kind()).isEqualTo(UnixAddress.Kind.ABSTRACT);
                assertThat(packets.tryAccept()).isEmpty();
                assertThat(log.nextLength()).isZero();
                assertThat(fifo.isOpen()).isTrue();
            }
            systemd.send("STOPPING=1", "STATUS=bye");
        }
    }

    @Test
    void aConnectionThatTheManagerHasAcceptedIsTaken() throws Exception {
        start(TakesConnection.class, "--accepted", "connection=" + path("stream"));
        UnixAddress address = UnixAddress.of(path("stream"));
        await().until(() -> Files.exists(folder.resolve("stream")));
        try (UnixSocketChannel client = UnixSocketChannel.connect(address, PATIENCE)) {
            answer(client);
            assertThat(next(ofService)).isEqualTo("connection");
            assertThat(next(ofService)).isEqualTo("world");
        }
        assertThat(next(ofManager)).isEqualTo("exited 0");
    }

    /** Speaks on it. */
    static final class TakesConnection {
        public static void main(String[] args) throws Exception {
            NamedDescriptor passed = Systemd.ofThisProcess().takeDescriptors().get(0);
            System.out.println(passed.name());
            try (UnixSocketChannel connection = passed.descriptor().as(UnixSocketChannel::adopt)) {
                greet(connection);
            }
        }
    }

    @Test
    void whatIsStoredComesBackWhenTheServiceIsStartedAgain() throws Exception {
        start(
                StoresOnce.class,
                "--listen",
                "main=stream:" + path("stream"),
                "--notify",
                "@chagres-test-notify-" + ProcessHandle.current().pid(),
                "--runs",
                "2");
        assertThat(next(ofService)).isEqualTo("[main]");
        assertThat(next(ofManager)).isEqualTo("notified service 2 FDSTORE=1|FDNAME=state");
        assertThat(next(ofManager)).isEqualTo("exited 0");
        assertThat(next(ofService)).isEqualTo("[main, state, state]");
        assertThat(next(ofService)).isEqualTo("41 42");
        assertThat(next(ofManager)).isEqualTo("exited 0");
    }

    /** Stores memory, or reads what was stored. */
    static final class StoresOnce {
        public static void main(String[] args) throws Exception {
            Systemd systemd = Systemd.ofThisProcess();
            List<NamedDescriptor> passed = systemd.takeDescriptors();
            System.out.println(passed.stream().map(NamedDescriptor::name).toList());
            if (passed.size() == 1) {
                try (SharedMemory first = memory(41);
                        SharedMemory second = memory(42)) {
                    systemd.store("state", first, second);
                }
                return;
            }
            StringBuilder found = new StringBuilder();
            for (NamedDescriptor each : passed.subList(1, 3)) {
                try (SharedMemory memory = each.descriptor().as(SharedMemory::adopt);
                        Mapping mapping = memory.map()) {
                    found.append(mapping.segment().get(ValueLayout.JAVA_INT, 0)).append(' ');
                }
            }
            System.out.println(found.toString().trim());
        }

        private static SharedMemory memory(int value) throws IpcException {
            SharedMemory memory = SharedMemory.anonymous(SharedMemoryOptions.ofSize(64));
            try (Mapping mapping = memory.map()) {
                mapping.segment().set(ValueLayout.JAVA_INT, 0, value);
            }
            return memory;
        }
    }

    @Test
    void theWatchdogIsToldToTheProcessThatItWatches() throws Exception {
        start(
                AnswersWatchdog.class,
                "--set",
                "WATCHDOG_USEC=200000",
                "--set",
                "WATCHDOG_PID=$PID",
                "--notify",
                path("notify"));
        assertThat(next(ofService)).isEqualTo("Optional[PT0.2S]");
        for (int i = 0; i < 3; i++) {
            assertThat(next(ofManager)).isEqualTo("notified service 0 WATCHDOG=1");
        }
        assertThat(next(ofManager)).isEqualTo("exited 0");
    }

    /** Says so on a virtual thread, the process being the same. */
    static final class AnswersWatchdog {
        public static void main(String[] args) throws Exception {
            Systemd systemd = Systemd.ofThisProcess();
            System.out.println(systemd.watchdogInterval());
            systemd.watchdog();
            Thread virtual =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            systemd.watchdog();
                                        } catch (Exception e) {
                                            System.out.println(e);
                                        }
                                    });
            virtual.join();
            systemd.watchdog();
        }
    }

    @Test
    void descriptorsThatAreNotThereAreAnErrorAndThoseThatAreStayAsTheyWere() throws Exception {
        start(
                TellsFailure.class,
                "--listen",
                "main=stream:" + path("stream"),
                "--set",
                "LISTEN_FDS=3",
                "--unset",
                "LISTEN_FDNAMES");
        String failure = next(ofService);
        assertThat(failure).startsWith("io.chagres.IpcException: sd_listen_fds descriptor 4");
        assertThat(next(ofService)).isEqualTo(failure);
        assertThat(next(ofService)).isEqualTo("close-on-exec false");
        assertThat(next(ofManager)).isEqualTo("exited 0");
    }

    @Test
    void moreNamesThanDescriptorsAreAnErrorAndNothingIsTaken() throws Exception {
        start(
                TellsFailure.class,
                "--listen",
                "main=stream:" + path("stream"),
                "--set",
                "LISTEN_FDNAMES=main:other");
        String failure = next(ofService);
        assertThat(failure)
                .startsWith("io.chagres.IpcException: sd_listen_fds LISTEN_FDNAMES=main:other");
        assertThat(next(ofService)).isEqualTo(failure);
        assertThat(next(ofService)).isEqualTo("close-on-exec false");
        assertThat(next(ofManager)).isEqualTo("exited 0");
    }

    @Test
    void descriptorsForAnotherProcessStayAsTheyWere() throws Exception {
        start(
                TellsFailure.class,
                "--listen",
                "main=stream:" + path("stream"),
                "--set",
                "LISTEN_PID=1");
        assertThat(next(ofService)).isEqualTo("[]");
        assertThat(next(ofService)).isEqualTo("[]");
        assertThat(next(ofService)).isEqualTo("close-on-exec false");
        assertThat(next(ofManager)).isEqualTo("exited 0");
    }

    @Test
    void descriptorsWithoutNamesAreUnknown() throws Exception {
        start(
                TellsFailure.class,
                "--listen",
                "main=stream:" + path("stream"),
                "--unset",
                "LISTEN_FDNAMES");
        assertThat(next(ofService)).isEqualTo("[unknown]");
        assertThat(next(ofService)).isEqualTo("[]");
        assertThat(next(ofService)).isEqualTo("close-on-exec true");
        assertThat(next(ofManager)).isEqualTo("exited 0");
    }

    /** Tries twice, and looks at the first descriptor afterwards. */
    static final class TellsFailure {
        public static void main(String[] args) throws Exception {
            for (int i = 0; i < 2; i++) {
                try {
                    List<NamedDescriptor> passed = Systemd.ofThisProcess().takeDescriptors();
                    System.out.println(passed.stream().map(NamedDescriptor::name).toList());
                } catch (IpcException e) {
                    System.out.println(e);
                }
            }
            System.out.println("close-on-exec " + isCloseOnExec(3));
        }
    }
}
