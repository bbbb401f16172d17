// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.ClosedException;
import io.chagres.InterruptedCallException;
import io.chagres.IpcException;
import io.chagres.NotFoundException;
import io.chagres.PeerGoneException;
import io.chagres.TimedOutException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** Failures as code that knows the JDK's sockets expects them; the cause has the details. */
final class SocketExceptions {

    private SocketExceptions() {}

    /** Of what was open. */
    static IOException of(IpcException e) {
        if (e instanceof InterruptedCallException) {
            return caused(new InterruptedIOException(e.getMessage()), e);
        }
        return caused(
                e instanceof ClosedException
                        ? closed()
                        : new SocketException(String.valueOf(e.getMessage())),
                e);
    }

    /** Of connecting. */
    static IOException connecting(IpcException e) {
        if (e instanceof TimedOutException) {
            return caused(new SocketTimeoutException("Connect timed out"), e);
        }
        boolean refused = e instanceof NotFoundException || e instanceof PeerGoneException;
        return refused ? caused(new ConnectException(e.getMessage()), e) : of(e);
    }

    /** Of binding. */
    static IOException binding(IpcException e) {
        return caused(new BindException(e.getMessage()), e);
    }

    static SocketException closed() {
        return new SocketException("Socket closed");
    }

    static SocketException notConnected() {
        return new SocketException("Socket is not connected");
    }

    /** The thread keeps its status, of which this exception does not tell. */
    static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return caused(new InterruptedIOException(e.getMessage()), e);
    }

    private static <E extends IOException> E caused(E exception, Exception cause) {
        exception.initCause(cause);
        return exception;
    }

    /** As the JDK has it; null when it has no such address. */
    static @Nullable SocketAddress addressOf(UnixAddress address) {
        try {
            return address.toSocketAddress();
        } catch (IllegalArgumentException e) {
            return null; // abstract, or not to be written in Java
        }
    }
}
