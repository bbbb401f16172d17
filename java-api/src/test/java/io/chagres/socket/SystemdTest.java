// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.InvalidNameException;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.NotFoundException;
import io.chagres.PeerGoneException;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryOptions;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the environment says, and what is notified, without a manager. */
@Tag("native")
class SystemdTest {

    private static final long PID = ProcessHandle.current().pid();

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    /** A service with these variables: name, value, and so on. */
    private static Systemd service(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return new Systemd(environment, PID);
    }

    private static Systemd passed(String pid, String count) {
        return service("LISTEN_PID", pid, "LISTEN_FDS", count);
    }

    @Test
    void whereNobodyManagesTheProcessThereIsNothing() throws Exception {
        assertThat(service().takeDescriptors()).isEmpty();
        assertThat(service().watchdogInterval()).isEmpty();
        assertThat(service().ready()).isFalse();
        assertThat(service().reloading()).isFalse();
        assertThat(service().status("idle")).isFalse();
        assertThat(service("NOTIFY_SOCKET", "").ready()).isFalse();
    }

    @Test
    void descriptorsForAnotherProcessAreNotTaken() throws Exception {
        assertThat(passed("1", "1").takeDescriptors()).isEmpty();
        assertThat(service("LISTEN_FDS", "1").takeDescriptors()).isEmpty();
        assertThat(service("LISTEN_PID", "" + PID).takeDescriptors()).isEmpty();
        assertThat(passed("1", "nonsense").takeDescriptors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "one", "1 ", "+1", "4294967296", "99999999999999999999"})
    void aProcessIdThatIsNoneIsAnError(String pid) {
        assertThatThrownBy(passed(pid, "1")::takeDescriptors)
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("sd_listen_fds LISTEN_PID=" + pid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "two", "1x", "2147483645", "99999999999999999999"})
    void aNumberOfDescriptorsThatIsNoneIsAnError(String count) {
        assertThatThrownBy(passed("" + PID, count)::takeDescriptors)
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("sd_listen_fds LISTEN_FDS=" + count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "", "a:", "::"})
    void anotherNumberOfNamesThanOfDescriptorsIsAnError(String names) {
        String count = names.isEmpty() ? "2" : "1";
        Systemd service =
                service("LISTEN_PID", "" + PID, "LISTEN_FDS", count, "LISTEN_FDNAMES", names);
        assertThatThrownBy(service::takeDescriptors)
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("sd_listen_fds LISTEN_FDNAMES=" + names)
                .hasMessageContaining("LISTEN_FDS says " + count);
    }

    private static int numberOfModules() throws IOException {
        Path modules = Path.of(System.getProperty("java.home"), "lib", "modules").toRealPath();
        int fd = 3;
        while (!Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).equals(modules)) {
            fd++;
        }
        return fd;
    }

    /** The JVM has its own file under the first free number: losing it would end it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 50, 2_147_483_000})
    void whatThisProcessHasOpenedItselfIsNeverTaken(int more) throws Exception {
        int modules = numberOfModules();
        Systemd service = passed("" + PID, "" + (modules - 2 + more));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(service::takeDescriptors)
                    .isInstanceOf(IpcException.class)
                    .hasMessageContaining("sd_listen_fds descriptor " + modules)
                    .hasMessageContaining("not passed");
        }
        assertThat(numberOfModules()).isEqualTo(modules);
    }

    @Test
    void theWatchdogsIntervalIsToldInMicroseconds() throws Exception {
        assertThat(service("WATCHDOG_USEC", "2500001").watchdogInterval())
                .contains(Duration.ofNanos(2_500_001_000L));
        assertThat(service("WATCHDOG_USEC", "1", "WATCHDOG_PID", "" + PID).watchdogInterval())
                .contains(Duration.ofNanos(1_000));
        assertThat(service("WATCHDOG_USEC", "18446744073709551614").watchdogInterval())
                .contains(Duration.ofSeconds(18_446_744_073_709L, 551_614_000L));
    }

    @Test
    void theWatchdogOfAnotherProcessIsNotThisOnes() throws Exception {
        assertThat(service("WATCHDOG_USEC", "1", "WATCHDOG_PID", "1").watchdogInterval()).isEmpty();
        assertThat(service("WATCHDOG_PID", "" + PID).watchdogInterval()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "soon", "18446744073709551615", "18446744073709551616"})
    void anIntervalThatIsNoneIsAnError(String usec) {
        assertThatThrownBy(service("WATCHDOG_USEC", usec)::watchdogInterval)
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("sd_watchdog_enabled WATCHDOG_USEC=" + usec);
        assertThatThrownBy(
                        service("WATCHDOG_USEC", "1", "WATCHDOG_PID", usec + "x")::watchdogInterval)
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("WATCHDOG_PID");
    }

    private static String receive(UnixDatagramChannel manager, MessageInfo info) throws Exception {
        byte[] message = new byte[Systemd.MAX_NOTIFICATION + 1];
        int length = manager.receive(MemorySegment.ofArray(message), info, Duration.ofSeconds(30));
        return new String(message, 0, length, UTF_8);
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void eachNotificationIsOneMessage(Threads threads) throws Exception {
        Path path = folder.resolve("notify");
        try (UnixDatagramChannel manager = UnixDatagramChannel.bind(UnixAddress.of(path))) {
            Systemd service = service("NOTIFY_SOCKET", path.toString());
            Map<Callable<Boolean>, String> notifications =
                    Map.of(
                            service::ready,
                            "READY=1",
                            service::stopping,
                            "STOPPING=1",
                            service::watchdog,
                            "WATCHDOG=1",
                            () -> service.status("größer"),
                            "STATUS=größer",
                            () -> service.mainProcess(77),
                            "MAINPID=77",
                            () -> service.extendTimeout(Duration.ofMillis(3)),
                            "EXTEND_TIMEOUT_USEC=3000",
                            () -> service.extendTimeout(Duration.ofSeconds(Long.MAX_VALUE)),
                            "EXTEND_TIMEOUT_USEC=" + Long.MAX_VALUE,
                            () -> service.removeStored("state"),
                            "FDSTOREREMOVE=1\nFDNAME=state",
                            () -> service.send("ERRNO=2", "X_OWN=a=b"),
                            "ERRNO=2\nX_OWN=a=b");
            for (Map.Entry<Callable<Boolean>, String> each : notifications.entrySet()) {
                assertThat(Caller.start(threads, each.getKey()).result()).isTrue();
                assertThat(receive(manager, new MessageInfo())).isEqualTo(each.getValue());
            }
        }
    }

    @Test
    void aReloadTellsWhenItHasBegun() throws Exception {
        UnixAddress address = UnixAddress.ofAbstract("chagres-test-reload-" + PID);
        try (UnixDatagramChannel manager = UnixDatagramChannel.bind(address)) {
            long before = System.nanoTime() / 1_000;
            assertThat(service("NOTIFY_SOCKET", address.toString()).reloading()).isTrue();
            String[] lines = receive(manager, new MessageInfo()).split("\n", -1);
            assertThat(lines[0]).isEqualTo("RELOADING=1");
            assertThat(lines[1]).startsWith("MONOTONIC_USEC=");
            assertThat(Long.parseLong(lines[1].substring("MONOTONIC_USEC=".length())))
                    .isBetween(before, System.nanoTime() / 1_000);
            assertThat(lines).hasSize(2);
        }
    }

    @Test
    void storedDescriptorsGoWithTheirName() throws Exception {
        Path path = folder.resolve("notify");
        try (UnixDatagramChannel manager = UnixDatagramChannel.bind(UnixAddress.of(path));
                SharedMemory first = SharedMemory.anonymous(SharedMemoryOptions.ofSize(10));
                SharedMemory second = SharedMemory.anonymous(SharedMemoryOptions.ofSize(20))) {
            Systemd service = service("NOTIFY_SOCKET", path.toString());
            assertThat(service.store("a name", first, second)).isTrue();
            MessageInfo info = MessageInfo.forDescriptors(2);
            assertThat(receive(manager, info)).isEqualTo("FDSTORE=1\nFDNAME=a name");
            for (long size : new long[] {10, 20}) {
                try (SharedMemory stored = info.takeDescriptor().as(SharedMemory::adopt)) {
                    assertThat(stored.size()).isEqualTo(size);
                }
            }
        }
    }

    @Test
    void theKernelSaysWhoNotifies() throws Exception {
        Path path = folder.resolve("notify");
        try (UnixDatagramChannel manager = UnixDatagramChannel.bind(UnixAddress.of(path))) {
            manager.receiveCredentials(true);
            assertThat(service("NOTIFY_SOCKET", path.toString()).ready()).isTrue();
            MessageInfo info = new MessageInfo();
            receive(manager, info);
            assertThat(info.credentials().orElseThrow().pid()).isEqualTo(PID);
        }
    }

    @Test
    void whatWouldBeSeveralLinesIsRefused() {
        Systemd service = service("NOTIFY_SOCKET", "@nobody-" + PID);
        for (String status : new String[] {"a\nREADY=1", "\n", "a\0b"}) {
            assertThatThrownBy(() -> service.status(status))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String assignment : new String[] {"", "=", "=1", "READY"}) {
            assertThatThrownBy(() -> service.send(assignment))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(service::send).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> service.mainProcess(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> service.extendTimeout(Duration.ofNanos(999)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> service.store("a")).isInstanceOf(IllegalArgumentException.class);
        for (String name : new String[] {"", "a:b", "a\nb", "ä", "n".repeat(256)}) {
            assertThatThrownBy(() -> service.removeStored(name))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theManagersLimitForAMessageIsKept() throws Exception {
        Path path = folder.resolve("notify");
        char[] line = new char[Systemd.MAX_NOTIFICATION - "STATUS=".length()];
        Arrays.fill(line, 's');
        String longest = new String(line);
        try (UnixDatagramChannel manager = UnixDatagramChannel.bind(UnixAddress.of(path))) {
            Systemd service = service("NOTIFY_SOCKET", path.toString());
            assertThat(service.status(longest)).isTrue();
            assertThat(receive(manager, new MessageInfo())).isEqualTo("STATUS=" + longest);
            assertThatThrownBy(() -> service.status(longest + "s"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("4097");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"notify", "vsock:2:1234", "@", "/"})
    void anAddressThatIsNoneIsAnErrorAndNotSilence(String address) {
        assertThatThrownBy(service("NOTIFY_SOCKET", address)::ready)
                .isInstanceOf(IpcException.class);
    }

    @Test
    void anAddressThatIsTooLongIsAnError() {
        assertThatThrownBy(service("NOTIFY_SOCKET", "/" + "n".repeat(108))::ready)
                .isInstanceOf(IpcException.class)
                .isNotInstanceOf(InvalidNameException.class)
                .hasMessageContaining("NOTIFY_SOCKET");
    }

    @Test
    void aManagerThatIsGoneIsAnError() throws Exception {
        Path path = folder.resolve("notify");
        Systemd service = service("NOTIFY_SOCKET", path.toString());
        assertThatThrownBy(service::ready).isInstanceOf(NotFoundException.class);
        UnixDatagramChannel manager =
                UnixDatagramChannel.bind(
                        UnixAddress.of(path), BindOptions.defaults().withUnlinkOnClose(false));
        manager.close();
        assertThatThrownBy(service::ready).isInstanceOf(PeerGoneException.class);
    }

    /** As the C function does; here it can be ended. */
    @ParameterizedTest
    @EnumSource(Threads.class)
    void aFullManagerIsWaitedForUntilAnInterrupt(Threads threads) throws Exception {
        Path path = folder.resolve("notify");
        UnixAddress address = UnixAddress.of(path);
        try (UnixDatagramChannel manager = UnixDatagramChannel.bind(address)) {
            try (UnixDatagramChannel other = UnixDatagramChannel.open().connect(address)) {
                boolean sent = true;
                while (sent) {
                    sent = other.trySend(MemorySegment.ofArray(new byte[1]));
                }
            }
            Systemd service = service("NOTIFY_SOCKET", path.toString());
            Caller<Boolean> waiting = Caller.start(threads, service::ready).awaitBlocked();
            waiting.interrupt();
            assertThatThrownBy(waiting::result).hasCauseInstanceOf(InterruptedException.class);
            Caller<Boolean> second = Caller.start(threads, service::ready).awaitBlocked();
            String received = "";
            while (!received.equals("READY=1")) {
                received = receive(manager, new MessageInfo());
            }
            assertThat(second.result()).isTrue();
        }
    }
}
