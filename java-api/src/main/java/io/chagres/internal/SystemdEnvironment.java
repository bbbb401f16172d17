// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.IpcException;
import io.chagres.socket.UnixAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The variables that a service manager sets for a service. What is for another process is not
 * there; what makes no sense is an error, as in the C functions.
 */
public final class SystemdEnvironment {

    /** The first descriptor that is passed ({@code SD_LISTEN_FDS_START}). */
    public static final int FIRST_DESCRIPTOR = 3;

    private static final String LISTEN = "sd_listen_fds";
    private static final String WATCHDOG = "sd_watchdog_enabled";
    private static final String NOTIFY = "sd_notify";

    /** What {@code sd_listen_fds_with_names} says for descriptors without names. */
    private static final String UNKNOWN = "unknown";

    /** The last value of {@code uint64_t}, which means no time. */
    private static final long USEC_INFINITY = -1;

    private final Map<String, String> variables;
    private final long pid;

    /**
     * @param variables of the environment
     * @param pid of this process
     */
    public SystemdEnvironment(Map<String, String> variables, long pid) {
        this.variables = variables;
        this.pid = pid;
    }

    /** How many descriptors are passed to this process. */
    public int descriptorCount() throws IpcException {
        String fds = variables.get("LISTEN_FDS");
        if (!isForThisProcess(LISTEN, "LISTEN_PID", false) || fds == null) {
            return 0;
        }
        long count = number(LISTEN, "LISTEN_FDS", fds);
        if (count <= 0 || count > Integer.MAX_VALUE - FIRST_DESCRIPTOR) {
            throw wrong(LISTEN, "LISTEN_FDS", fds, "it is no number of descriptors");
        }
        return (int) count;
    }

    /** Their names. */
    public List<String> descriptorNames(int count) throws IpcException {
        String names = variables.get("LISTEN_FDNAMES");
        if (names == null) {
            return Collections.nCopies(count, UNKNOWN);
        }
        List<String> all = Arrays.asList(names.split(":", -1));
        if (all.size() != count) {
            String what = "it has " + all.size() + " names, and LISTEN_FDS says " + count;
            throw wrong(LISTEN, "LISTEN_FDNAMES", names, what);
        }
        return all;
    }

    /** Where notifications go to. */
    public Optional<UnixAddress> notifySocket() throws IpcException {
        String socket = variables.getOrDefault("NOTIFY_SOCKET", "");
        if (socket.isEmpty()) {
            return Optional.empty();
        }
        boolean isAbstract = socket.startsWith("@");
        if (!isAbstract && !socket.startsWith("/")) {
            throw wrong(
                    NOTIFY,
                    "NOTIFY_SOCKET",
                    socket,
                    "it is neither a path nor an @name, and others such as vsock are not supported");
        }
        try {
            return Optional.of(
                    isAbstract
                            ? UnixAddress.ofAbstract(socket.substring(1))
                            : UnixAddress.of(socket));
        } catch (IllegalArgumentException e) {
            throw wrong(NOTIFY, "NOTIFY_SOCKET", socket, String.valueOf(e.getMessage()));
        }
    }

    /** Microseconds after which this process counts as hung, unsigned. */
    public OptionalLong watchdogMicros() throws IpcException {
        String text = variables.get("WATCHDOG_USEC");
        if (text == null) {
            return OptionalLong.empty();
        }
        long micros = number(WATCHDOG, "WATCHDOG_USEC", text);
        if (micros == 0 || micros == USEC_INFINITY) {
            throw wrong(WATCHDOG, "WATCHDOG_USEC", text, "it is no interval");
        }
        return isForThisProcess(WATCHDOG, "WATCHDOG_PID", true)
                ? OptionalLong.of(micros)
                : OptionalLong.empty();
    }

    private boolean isForThisProcess(String operation, String variable, boolean otherwise)
            throws IpcException {
        String text = variables.get(variable);
        if (text == null) {
            return otherwise;
        }
        long number = number(operation, variable, text);
        if (number <= 0 || number > Integer.MAX_VALUE) {
            throw wrong(operation, variable, text, "it is no process id");
        }
        return number == pid;
    }

    private static long number(String operation, String variable, String text) throws IpcException {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            if (digits) {
                return Long.parseUnsignedLong(text);
            }
        } catch (NumberFormatException e) {
            throw wrong(operation, variable, text, "it is too large");
        }
        throw wrong(operation, variable, text, "it is not a number");
    }

    private static IpcException wrong(
            String operation, String variable, String value, String what) {
        return new IpcException(operation, variable + "=" + value, 0, "", what);
    }
}
