// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.Borrowable;
import io.chagres.IpcException;
import io.chagres.internal.SystemdEnvironment;
import io.chagres.internal.posix.ServiceProcess;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a service and its manager, systemd or another that does the same, tell each other: sockets
 * that the manager has opened, notifications of how the service is, and a watchdog. It speaks the
 * protocol itself and needs no library.
 *
 * <pre>{@code
 * Systemd systemd = Systemd.ofThisProcess();
 * for (NamedDescriptor passed : systemd.takeDescriptors()) {
 *     serve(passed.descriptor().as(UnixServerChannel::adopt));
 * }
 * systemd.ready();
 * }</pre>
 *
 * <p>Where nobody manages the process, there are no descriptors and no watchdog, and what notifies
 * returns false; so a program can call all of this wherever it is started. What the manager has put
 * into the environment is seen by children too: they take it not for theirs, since it has the
 * process id, except for {@code NOTIFY_SOCKET}; remove that from the environment of a {@link
 * ProcessBuilder} whose process must not notify.
 *
 * <p>Thread-safe. A notification waits while the manager's queue is full, as in C; an interrupt
 * ends that.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/daemon.7.html">daemon(7)</a>
 */
public final class Systemd {

    /** The longest notification in bytes; the manager drops longer ones. */
    public static final int MAX_NOTIFICATION = 4096;

    /** The longest name of a descriptor. */
    private static final int MAX_NAME = 255;

    private static final Duration MICROSECOND = Duration.of(1, ChronoUnit.MICROS);

    /** The longest time that microseconds can tell in a {@code long}. */
    private static final Duration LONGEST = Duration.of(Long.MAX_VALUE, ChronoUnit.MICROS);

    private static final Systemd OF_THIS_PROCESS =
            new Systemd(System.getenv(), ProcessHandle.current().pid());

    private final SystemdEnvironment environment;
    private final Object lock = new Object();
    private boolean taken;

    Systemd(Map<String, String> variables, long pid) {
        this.environment = new SystemdEnvironment(variables, pid);
    }

    /** {@return what the manager of this process has told it} There is one. */
    public static Systemd ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /**
     * Takes over the descriptors that the manager has passed: sockets, mostly, but also FIFOs,
     * message queues and whatever was {@linkplain #store stored}. They are made close-on-exec. Does
     * not block.
     *
     * @return the descriptors in the order of the unit; empty when none were passed to this
     *     process, or they were taken before
     * @throws IpcException when {@code LISTEN_PID}, {@code LISTEN_FDS} or {@code LISTEN_FDNAMES}
     *     makes no sense, or a descriptor is not open or was opened by this process itself; nothing
     *     was taken, and all are as before
     * @see <a href="https://man7.org/linux/man-pages/man3/sd_listen_fds.3.html">
     *     sd_listen_fds_with_names(3)</a>
     */
    public List<NamedDescriptor> takeDescriptors() throws IpcException {
        synchronized (lock) { // nothing in it blocks
            if (taken) {
                return List.of();
            }
            int count = environment.descriptorCount();
            if (count == 0) {
                return List.of();
            }
            List<String> names = environment.descriptorNames(count);
            int first = SystemdEnvironment.FIRST_DESCRIPTOR;
            ServiceProcess.requirePassed("sd_listen_fds", first, count);
            List<NamedDescriptor> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(new NamedDescriptor(names.get(i), PassedDescriptor.adopt(first + i)));
            }
            taken = true;
            return List.copyOf(all);
        }
    }

    /**
     * Says that the service is ready, or that it has loaded its configuration anew ({@code
     * READY=1}).
     *
     * @return false when there is nobody to notify
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send} does
     */
    public boolean ready() throws IpcException, InterruptedException {
        return send("READY=1");
    }

    /**
     * Says that the service begins to load its configuration anew ({@code RELOADING=1}, with the
     * time); {@link #ready} must follow.
     *
     * @return false when there is nobody to notify
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send} does
     */
    public boolean reloading() throws IpcException, InterruptedException {
        return environment.notifySocket().isPresent()
                && send("RELOADING=1", "MONOTONIC_USEC=" + ServiceProcess.monotonicMicros());
    }

    /**
     * Says that the service begins to end ({@code STOPPING=1}).
     *
     * @return false when there is nobody to notify
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send} does
     */
    public boolean stopping() throws IpcException, InterruptedException {
        return send("STOPPING=1");
    }

    /**
     * Says what the service does, in a line for people ({@code STATUS=}).
     *
     * @param status one line
     * @return false when there is nobody to notify
     * @throws IllegalArgumentException when it has more lines, or is too long
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send} does
     */
    public boolean status(String status) throws IpcException, InterruptedException {
        return send("STATUS=" + status);
    }

    /**
     * Says that the service still works ({@code WATCHDOG=1}): to be said more often than {@link
     * #watchdogInterval}, such as twice in it.
     *
     * @return false when there is nobody to notify
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send} does
     */
    public boolean watchdog() throws IpcException, InterruptedException {
        return send("WATCHDOG=1");
    }

    /**
     * {@return how long this process may say nothing before its manager takes it for hung; empty
     * when nobody watches it}
     *
     * @throws IpcException when {@code WATCHDOG_USEC} or {@code WATCHDOG_PID} makes no sense
     * @see <a href="https://man7.org/linux/man-pages/man3/sd_watchdog_enabled.3.html">
     *     sd_watchdog_enabled(3)</a>
     */
    public Optional<Duration> watchdogInterval() throws IpcException {
        OptionalLong micros = environment.watchdogMicros();
        if (micros.isEmpty()) {
            return Optional.empty();
        }
        long perSecond = 1_000_000;
        long value = micros.getAsLong();
        return Optional.of(
                Duration.ofSeconds(Long.divideUnsigned(value, perSecond))
                        .plus(Long.remainderUnsigned(value, perSecond), ChronoUnit.MICROS));
    }

    /**
     * Says which process is the service's main one ({@code MAINPID=}), where that is not the one
     * that the manager has started.
     *
     * @param pid its process id
     * @return false when there is nobody to notify
     * @throws IllegalArgumentException when it is not positive
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send} does
     */
    public boolean mainProcess(long pid) throws IpcException, InterruptedException {
        if (pid <= 0) {
            throw new IllegalArgumentException("process id " + pid + " is not positive");
        }
        return send("MAINPID=" + pid);
    }

    /**
     * Asks for more time to start, to end or to run ({@code EXTEND_TIMEOUT_USEC=}), counted from
     * now.
     *
     * @param time within which the service says so again or has finished
     * @return false when there is nobody to notify
     * @throws IllegalArgumentException when it is less than a microsecond
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send} does
     */
    public boolean extendTimeout(Duration time) throws IpcException, InterruptedException {
        boolean endless = time.compareTo(LONGEST) > 0;
        long micros = (endless ? LONGEST : time).dividedBy(MICROSECOND);
        if (micros <= 0) {
            throw new IllegalArgumentException("a time of " + time + " is less than 1 µs");
        }
        return send("EXTEND_TIMEOUT_USEC=" + micros);
    }

    /**
     * Gives descriptors to the manager ({@code FDSTORE=1}), which keeps duplicates of them and
     * passes those to the service when it is started again. The unit must allow it with {@code
     * FileDescriptorStoreMax=}; the manager does not tell whether it has kept them. It drops those
     * whose peer hangs up.
     *
     * @param name by which {@link #takeDescriptors} will give them; the manager does not require it
     *     to be unique
     * @param handles whose descriptors to store; they stay open
     * @return false when there is nobody to notify
     * @throws IllegalArgumentException when there are none or more than {@value
     *     Envelope#MAX_DESCRIPTORS}, or the name is not 1 to 255 printable ASCII characters without
     *     a colon
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send} does
     */
    public boolean store(String name, Borrowable... handles)
            throws IpcException, InterruptedException {
        requireName(name);
        if (handles.length == 0) {
            throw new IllegalArgumentException("there is no descriptor to store");
        }
        return send(List.of(handles), "FDSTORE=1", "FDNAME=" + name);
    }

    /**
     * Has the manager drop all descriptors that it keeps under a name ({@code FDSTOREREMOVE=1}).
     *
     * @param name of the descriptors
     * @return false when there is nobody to notify
     * @throws IllegalArgumentException when the name is none, see {@link #store}
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send} does
     */
    public boolean removeStored(String name) throws IpcException, InterruptedException {
        requireName(name);
        return send("FDSTOREREMOVE=1", "FDNAME=" + name);
    }

    /**
     * Sends a notification, for what has no method here, or for several things at once.
     *
     * @param assignments such as {@code READY=1}
     * @return false when there is nobody to notify
     * @throws IllegalArgumentException when there is none, one is no assignment, one has a line
     *     break or a NUL, or all have more than {@value #MAX_NOTIFICATION} bytes
     * @throws io.chagres.NotFoundException when the manager's socket is gone
     * @throws io.chagres.PeerGoneException when nobody has that socket open
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws UnsupportedOperationException where the platform has no such sockets
     * @throws IpcException when {@code NOTIFY_SOCKET} is neither an absolute path nor an abstract
     *     name with an {@code @} before it, or it fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man3/sd_notify.3.html">sd_notify(3)</a>
     */
    public boolean send(String... assignments) throws IpcException, InterruptedException {
        return send(List.of(), assignments);
    }

    /**
     * Sends a notification with descriptors, as {@link #send(String...)}.
     *
     * @param handles whose descriptors go with it; they stay open
     * @param assignments such as {@code FDSTORE=1}
     * @return false when there is nobody to notify
     * @throws IllegalArgumentException as {@link #send(String...)} does, and when there are more
     *     than {@value Envelope#MAX_DESCRIPTORS} descriptors
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send(String...)} does
     * @see <a href="https://man7.org/linux/man-pages/man3/sd_notify.3.html">
     *     sd_pid_notify_with_fds(3)</a>
     */
    public boolean send(List<? extends Borrowable> handles, String... assignments)
            throws IpcException, InterruptedException {
        byte[] message = encode(assignments);
        Envelope envelope = Envelope.empty().withDescriptors(handles);
        Optional<UnixAddress> socket = environment.notifySocket();
        if (socket.isEmpty()) {
            return false;
        }
        try (UnixDatagramChannel channel = UnixDatagramChannel.open()) {
            channel.send(
                    MemorySegment.ofArray(message), envelope.withDestination(socket.orElseThrow()));
        }
        return true;
    }

    private static byte[] encode(String... assignments) {
        if (assignments.length == 0) {
            throw new IllegalArgumentException("there is nothing to tell");
        }
        for (String each : assignments) {
            if (each.indexOf('=') <= 0) {
                throw new IllegalArgumentException("no assignment: " + each);
            }
            if (each.indexOf('\n') >= 0 || each.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a line break or NUL is in: " + each);
            }
        }
        byte[] message = String.join("\n", assignments).getBytes(StandardCharsets.UTF_8);
        if (message.length > MAX_NOTIFICATION) {
            throw new IllegalArgumentException(
                    "a notification has at most "
                            + MAX_NOTIFICATION
                            + " bytes, and this one "
                            + message.length);
        }
        return message;
    }

    private static void requireName(String name) {
        boolean right = name.chars().allMatch(c -> c >= ' ' && c <= '~' && c != ':');
        if (!right || name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "a descriptor's name has 1 to "
                            + MAX_NAME
                            + " printable ASCII characters and no colon: "
                            + name);
        }
    }
}
