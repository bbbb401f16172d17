// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.IpcException;
import io.chagres.TimedOutException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A server of {@link UnixSocket}s as a {@link ServerSocket}, for code that takes those. What is
 * written for Unix domain sockets had better use {@link UnixServerChannel}.
 *
 * <p>{@link #setSoTimeout} limits how long an accept waits. {@link #close} ends those that wait in
 * other threads, with a {@link SocketException}; an interrupt ends one with an {@link
 * java.io.InterruptedIOException}, and the thread's status stays set. Virtual threads park.
 *
 * <p>It is on this machine only, so {@link #getInetAddress} is the loopback address; the port is 0.
 *
 * <p>Thread-safe, as a {@link ServerSocket} is.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public class UnixServerSocket extends ServerSocket {

    private final ReentrantLock binding = new ReentrantLock();
    private final @Nullable UnixAddress target;
    private final BindOptions options;

    private volatile @Nullable UnixServerChannel channel;
    private volatile boolean closed;
    private volatile int timeoutMillis;

    /**
     * Makes one that is not bound. Its {@link #bind} takes a {@link UnixDomainSocketAddress}.
     *
     * @param options who may connect, and what becomes of the path
     */
    public UnixServerSocket(BindOptions options) {
        this(null, options, null);
    }

    /**
     * Makes one of a server, which is closed with it.
     *
     * @param channel the server
     */
    public UnixServerSocket(UnixServerChannel channel) {
        this(channel, BindOptions.defaults(), null);
    }

    private UnixServerSocket(
            @Nullable UnixServerChannel channel,
            BindOptions options,
            @Nullable UnixAddress target) {
        super(new NoSocketImpl());
        this.channel = channel;
        this.options = options;
        this.target = target;
    }

    /** One that will be bound to this address, whatever it is told. */
    static UnixServerSocket at(UnixAddress target, BindOptions options) {
        return new UnixServerSocket(null, options, target);
    }

    /**
     * Makes a server at an address.
     *
     * @param address its address
     * @param options who may connect, and what becomes of the path
     * @return the server, which takes connections from now on
     * @throws java.net.BindException when it fails; its cause is the exception of {@link
     *     UnixServerChannel#bind(UnixAddress, BindOptions)}
     * @throws IOException when it fails for another reason
     */
    public static UnixServerSocket bindTo(UnixAddress address, BindOptions options)
            throws IOException {
        try {
            return new UnixServerSocket(UnixServerChannel.bind(address, options));
        } catch (IpcException e) {
            throw SocketExceptions.binding(e);
        }
    }

    /**
     * Makes the socket of a connection that was accepted. Here for classes that make another one.
     *
     * @param connection what was accepted
     * @return its socket
     * @throws SocketException does not happen
     */
    protected UnixSocket socketOf(UnixSocketChannel connection) throws SocketException {
        return new UnixSocket(connection);
    }

    /**
     * {@return the server, for what a {@link ServerSocket} does not have}
     *
     * @throws SocketException when it is not bound, or closed
     */
    public final UnixServerChannel channel() throws SocketException {
        requireOpen();
        UnixServerChannel present = channel;
        if (present == null) {
            throw new SocketException("Socket is not bound yet");
        }
        return present;
    }

    /**
     * Binds it, and takes connections from now on.
     *
     * @param endpoint a {@link UnixDomainSocketAddress}; one that a {@link UnixServerSocketFactory}
     *     has made is bound to the factory's, whatever this is
     * @throws IllegalArgumentException when it is another address
     * @throws java.net.BindException when it fails
     * @throws IOException when it is bound already or closed
     */
    @Override
    public void bind(SocketAddress endpoint) throws IOException {
        bind(endpoint, 0);
    }

    /**
     * Binds it, as {@link #bind(SocketAddress)}.
     *
     * @param endpoint as for {@link #bind(SocketAddress)}
     * @param backlog connections that may wait; 0 or less for that of the options
     * @throws IOException as {@link #bind(SocketAddress)} does
     */
    @Override
    public void bind(SocketAddress endpoint, int backlog) throws IOException {
        UnixAddress address = target != null ? target : UnixSocket.addressOf(endpoint);
        binding.lock();
        try {
            requireOpen();
            if (channel != null) {
                throw new SocketException("Already bound");
            }
            UnixServerChannel bound =
                    UnixServerChannel.bind(
                            address, backlog > 0 ? options.withBacklog(backlog) : options);
            channel = bound;
            if (closed) { // meanwhile, by a close that saw no channel yet
                bound.close();
                throw SocketExceptions.closed();
            }
        } catch (IpcException e) {
            throw SocketExceptions.binding(e);
        } finally {
            binding.unlock();
        }
    }

    /**
     * Takes a connection, waiting until there is one.
     *
     * @return the connection, a {@link UnixSocket}
     * @throws SocketTimeoutException when none came within {@link #getSoTimeout}
     * @throws IOException when it fails
     */
    @Override
    public UnixSocket accept() throws IOException {
        UnixServerChannel server = channel();
        int timeout = timeoutMillis;
        try {
            return owned(
                    timeout == 0 ? server.accept() : server.accept(Duration.ofMillis(timeout)));
        } catch (InterruptedException e) {
            throw SocketExceptions.interrupted(e);
        } catch (TimedOutException e) {
            SocketTimeoutException late = new SocketTimeoutException("Accept timed out");
            late.initCause(e);
            throw late;
        } catch (IpcException e) {
            throw SocketExceptions.of(e);
        }
    }

    private UnixSocket owned(UnixSocketChannel connection) throws IOException {
        boolean owned = false;
        try {
            UnixSocket socket = socketOf(connection);
            owned = true;
            return socket;
        } finally {
            if (!owned) {
                connection.close();
            }
        }
    }

    /**
     * Closes the server, and removes its path as the options say. Idempotent; ends the accepts that
     * wait in other threads.
     *
     * @throws IOException when the system could not; it is closed all the same
     */
    @Override
    public void close() throws IOException {
        closed = true;
        UnixServerChannel present = channel;
        if (present != null) {
            present.close();
        }
    }

    @Override
    public boolean isBound() {
        return channel != null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** The loopback address, or null when it is not bound. */
    @Override
    @SuppressWarnings("NullAway") // as in the JDK
    public InetAddress getInetAddress() {
        return isBound() ? InetAddress.getLoopbackAddress() : null;
    }

    @Override
    public int getLocalPort() {
        return isBound() ? 0 : -1;
    }

    /** A {@link UnixDomainSocketAddress}; null when there is none, or none that the JDK knows. */
    @Override
    @SuppressWarnings("NullAway") // as in the JDK
    public SocketAddress getLocalSocketAddress() {
        UnixServerChannel present = channel;
        if (present == null) {
            return null;
        }
        try {
            UnixAddress address = present.localAddress();
            return SocketExceptions.addressOf(address);
        } catch (IpcException e) {
            return null; // closed
        }
    }

    /** Null: the JDK's channels are others. */
    @Override
    @SuppressWarnings("NullAway") // as in the JDK
    public ServerSocketChannel getChannel() {
        return null;
    }

    /**
     * Limits how long an accept waits, which then throws {@link SocketTimeoutException}.
     *
     * @param timeout milliseconds; 0 waits without end
     * @throws IllegalArgumentException when it is negative
     * @throws SocketException when the socket is closed
     */
    @Override
    public void setSoTimeout(int timeout) throws SocketException {
        if (timeout < 0) {
            throw new IllegalArgumentException("timeout " + timeout + " is negative");
        }
        requireOpen();
        timeoutMillis = timeout;
    }

    @Override
    public int getSoTimeout() throws IOException {
        requireOpen();
        return timeoutMillis;
    }

    private void requireOpen() throws SocketException {
        if (closed) {
            throw SocketExceptions.closed();
        }
    }

    /** Has no effect. */
    @Override
    public void setReuseAddress(boolean on) throws SocketException {
        requireOpen();
    }

    /** {@return false} */
    @Override
    public boolean getReuseAddress() throws SocketException {
        requireOpen();
        return false;
    }

    /** Has no effect: the sender's buffer counts. */
    @Override
    public void setReceiveBufferSize(int size) throws SocketException {
        if (size <= 0) {
            throw new IllegalArgumentException("size " + size + " is not positive");
        }
        requireOpen();
    }

    /** {@return 0: the sender's buffer counts} */
    @Override
    public int getReceiveBufferSize() throws SocketException {
        requireOpen();
        return 0;
    }

    /** Has no effect. */
    @Override
    public void setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
        // nothing to choose between
    }

    /** Throws: there are no options. */
    @Override
    public <T> ServerSocket setOption(SocketOption<T> name, T value) {
        throw new UnsupportedOperationException(name + " of a Unix domain socket");
    }

    /** Throws: there are no options. */
    @Override
    public <T> T getOption(SocketOption<T> name) {
        throw new UnsupportedOperationException(name + " of a Unix domain socket");
    }

    /** {@return none} */
    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    /** What it is bound to. */
    @Override
    public String toString() {
        return "UnixServerSocket[" + (channel == null ? "unbound" : channel) + "]";
    }
}
