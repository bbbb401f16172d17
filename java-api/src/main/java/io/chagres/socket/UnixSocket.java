// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.IpcException;
import io.chagres.TimedOutException;
import io.chagres.internal.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream over a Unix domain socket as a {@link Socket}, for code that takes those. What is
 * written for Unix domain sockets had better use {@link UnixSocketChannel}, which {@link #channel}
 * gives: it has credentials, descriptors and memory segments.
 *
 * <p>{@link #setSoTimeout} limits how long a read waits. {@link #close} ends reads and writes that
 * wait in other threads, with a {@link SocketException}; an interrupt ends them with an {@link
 * java.io.InterruptedIOException}, the thread's status stays set, and the socket stays open.
 * Virtual threads park.
 *
 * <p>Options that make sense for TCP alone, such as {@link #setTcpNoDelay}, are taken and have no
 * effect. The peer is on this machine, so {@link #getInetAddress} is the loopback address; ports
 * are 0.
 *
 * <p>Thread-safe, as a {@link Socket} is.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public class UnixSocket extends Socket {

    private static final long SLICE_NANOS = 100_000_000L;

    private final ReentrantLock connecting = new ReentrantLock();
    private final @Nullable UnixAddress target;

    private volatile @Nullable UnixSocketChannel channel;
    private volatile boolean closed;
    private volatile boolean inputShutdown;
    private volatile boolean outputShutdown;
    private volatile int timeoutMillis;

    /**
     * Makes one that is not connected. Its {@link #connect} takes a {@link
     * UnixDomainSocketAddress}.
     *
     * @throws SocketException does not happen
     */
    public UnixSocket() throws SocketException {
        this(null, null);
    }

    /**
     * Makes one of a connection, which is closed with it.
     *
     * @param channel the connection
     * @throws SocketException does not happen
     */
    public UnixSocket(UnixSocketChannel channel) throws SocketException {
        this(channel, null);
    }

    private UnixSocket(@Nullable UnixSocketChannel channel, @Nullable UnixAddress target)
            throws SocketException {
        super(new NoSocketImpl());
        this.channel = channel;
        this.target = target;
    }

    /** One that will connect to this address, whatever it is told. */
    static UnixSocket to(UnixAddress target) throws SocketException {
        return new UnixSocket(null, target);
    }

    /**
     * Connects to a server, waiting while its backlog is full.
     *
     * @param address the server's
     * @return the socket
     * @throws java.net.ConnectException when nobody listens there
     * @throws IOException when it fails for another reason
     */
    public static UnixSocket connectTo(UnixAddress address) throws IOException {
        UnixSocket socket = to(address);
        socket.connectTo(address, 0);
        return socket;
    }

    /**
     * {@return the connection, for what a {@link Socket} does not have}
     *
     * @throws SocketException when it is not connected, or closed
     */
    public final UnixSocketChannel channel() throws SocketException {
        if (closed) {
            throw SocketExceptions.closed();
        }
        UnixSocketChannel present = channel;
        if (present == null) {
            throw SocketExceptions.notConnected();
        }
        return present;
    }

    /**
     * Connects to a server, waiting while its backlog is full.
     *
     * @param endpoint a {@link UnixDomainSocketAddress}; one that a {@link UnixSocketFactory} has
     *     made connects to the factory's, whatever this is
     * @throws IllegalArgumentException when it is another address
     * @throws java.net.ConnectException when nobody listens there
     * @throws IOException when it fails for another reason
     */
    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    /**
     * Connects to a server, as {@link #connect(SocketAddress)}, but waits no longer than a timeout.
     *
     * @param endpoint as for {@link #connect(SocketAddress)}
     * @param timeout milliseconds; 0 waits without end
     * @throws IllegalArgumentException when it is another address, or the timeout is negative
     * @throws java.net.SocketTimeoutException when the server's backlog was full all the time
     * @throws java.net.ConnectException when nobody listens there
     * @throws IOException when it fails for another reason
     */
    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        if (timeout < 0) {
            throw new IllegalArgumentException("timeout " + timeout + " is negative");
        }
        connectTo(target != null ? target : addressOf(endpoint), timeout);
    }

    static UnixAddress addressOf(@Nullable SocketAddress endpoint) {
        if (endpoint instanceof UnixDomainSocketAddress address) {
            return UnixAddress.of(address);
        }
        throw new IllegalArgumentException(endpoint + " is no UnixDomainSocketAddress");
    }

    /** In slices, since nothing else ends it when this is closed. */
    private UnixSocketChannel connected(UnixAddress address, int timeout)
            throws IOException, InterruptedException {
        long deadline = timeout == 0 ? Deadline.NEVER : Deadline.after(Duration.ofMillis(timeout));
        while (true) {
            long left = Math.min(SLICE_NANOS, Deadline.remainingNanos(deadline));
            try {
                return UnixSocketChannel.connect(address, Duration.ofNanos(left));
            } catch (TimedOutException e) {
                if (closed) {
                    throw SocketExceptions.closed();
                }
                if (Deadline.remainingNanos(deadline) <= 0) {
                    throw e;
                }
            }
        }
    }

    private void connectTo(UnixAddress address, int timeout) throws IOException {
        connecting.lock();
        try {
            if (closed) {
                throw SocketExceptions.closed();
            }
            if (channel != null) {
                throw new SocketException("Already connected");
            }
            UnixSocketChannel connected = connected(address, timeout);
            channel = connected;
            if (closed) { // meanwhile, by a close that saw no channel yet
                connected.close();
                throw SocketExceptions.closed();
            }
        } catch (InterruptedException e) {
            throw SocketExceptions.interrupted(e);
        } catch (IpcException e) {
            throw SocketExceptions.connecting(e);
        } finally {
            connecting.unlock();
        }
    }

    /**
     * Does nothing, and accepts no address but null: the system knows a client without one.
     *
     * @param bindpoint null
     * @throws SocketException for any other
     */
    @Override
    @SuppressWarnings("NullAway") // as in the JDK
    public void bind(SocketAddress bindpoint) throws SocketException {
        if (bindpoint != null) {
            throw new SocketException("a client that has an address is a UnixSocketChannel");
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        channel();
        if (inputShutdown) {
            throw new SocketException("Socket input is shutdown");
        }
        return new UnixSocketInput(this);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        channel();
        if (outputShutdown) {
            throw new SocketException("Socket output is shutdown");
        }
        return new UnixSocketOutput(this);
    }

    /**
     * Closes the socket. Idempotent; ends the calls that wait in other threads, a {@link #connect}
     * within a tenth of a second.
     *
     * @throws IOException when the system could not; it is closed all the same
     */
    @Override
    public void close() throws IOException {
        closed = true;
        UnixSocketChannel present = channel;
        if (present != null) {
            present.close();
        }
    }

    @Override
    public void shutdownInput() throws IOException {
        UnixSocketChannel present = channel();
        if (inputShutdown) {
            throw new SocketException("Socket input is already shutdown");
        }
        try {
            present.shutdownInput();
        } catch (IpcException e) {
            throw SocketExceptions.of(e);
        }
        inputShutdown = true;
    }

    @Override
    public void shutdownOutput() throws IOException {
        UnixSocketChannel present = channel();
        if (outputShutdown) {
            throw new SocketException("Socket output is already shutdown");
        }
        try {
            present.shutdownOutput();
        } catch (IpcException e) {
            throw SocketExceptions.of(e);
        }
        outputShutdown = true;
    }

    // ---- state

    @Override
    public boolean isConnected() {
        return channel != null;
    }

    @Override
    public boolean isBound() {
        return channel != null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isInputShutdown() {
        return inputShutdown;
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShutdown;
    }

    /** The loopback address, or null when it is not connected. */
    @Override
    @SuppressWarnings("NullAway") // as in the JDK
    public InetAddress getInetAddress() {
        return isConnected() ? InetAddress.getLoopbackAddress() : null;
    }

    @Override
    public InetAddress getLocalAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getPort() {
        return 0;
    }

    @Override
    public int getLocalPort() {
        return isConnected() ? 0 : -1;
    }

    /** A {@link UnixDomainSocketAddress}; null when there is none, or none that the JDK knows. */
    @Override
    @SuppressWarnings("NullAway") // as in the JDK
    public SocketAddress getRemoteSocketAddress() {
        return address(UnixChannel::remoteAddress);
    }

    /** A {@link UnixDomainSocketAddress}; null when there is none, or none that the JDK knows. */
    @Override
    @SuppressWarnings("NullAway") // as in the JDK
    public SocketAddress getLocalSocketAddress() {
        return address(UnixChannel::localAddress);
    }

    private interface Address {
        UnixAddress of(UnixSocketChannel channel) throws IpcException;
    }

    private @Nullable SocketAddress address(Address which) {
        UnixSocketChannel present = channel;
        if (present == null) {
            return null;
        }
        try {
            UnixAddress address = which.of(present);
            return SocketExceptions.addressOf(address);
        } catch (IpcException e) {
            return null; // closed, or its peer gone
        }
    }

    /** Null: the JDK's channels are others. */
    @Override
    @SuppressWarnings("NullAway") // as in the JDK
    public SocketChannel getChannel() {
        return null;
    }

    // ---- options

    /**
     * Limits how long a read waits, which then throws {@link java.net.SocketTimeoutException}.
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
    public int getSoTimeout() throws SocketException {
        requireOpen();
        return timeoutMillis;
    }

    private void requireOpen() throws SocketException {
        if (closed) {
            throw SocketExceptions.closed();
        }
    }

    @Override
    public void setSendBufferSize(int size) throws SocketException {
        setOption(StandardSocketOptions.SO_SNDBUF, size);
    }

    @Override
    public int getSendBufferSize() throws SocketException {
        return getOption(StandardSocketOptions.SO_SNDBUF);
    }

    @Override
    public void setReceiveBufferSize(int size) throws SocketException {
        setOption(StandardSocketOptions.SO_RCVBUF, size);
    }

    @Override
    public int getReceiveBufferSize() throws SocketException {
        return getOption(StandardSocketOptions.SO_RCVBUF);
    }

    @Override
    public <T> Socket setOption(SocketOption<T> name, T value) throws SocketException {
        UnixSocketOptions.set(channel(), name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws SocketException {
        return UnixSocketOptions.get(channel(), name);
    }

    /** {@return the sizes of the buffers} */
    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return UnixSocketOptions.SUPPORTED;
    }

    /** Has no effect. */
    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        requireOpen();
    }

    /** {@return true: nothing is delayed} */
    @Override
    public boolean getTcpNoDelay() throws SocketException {
        requireOpen();
        return true;
    }

    /** Has no effect. */
    @Override
    public void setSoLinger(boolean on, int linger) throws SocketException {
        requireOpen();
    }

    /** {@return -1: a close does not wait, and what was sent is read nevertheless} */
    @Override
    public int getSoLinger() throws SocketException {
        requireOpen();
        return -1;
    }

    /** Has no effect. */
    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        requireOpen();
    }

    /** {@return false: the end of a peer is always noticed} */
    @Override
    public boolean getKeepAlive() throws SocketException {
        requireOpen();
        return false;
    }

    /** Has no effect. */
    @Override
    public void setTrafficClass(int trafficClass) throws SocketException {
        requireOpen();
    }

    /** {@return 0} */
    @Override
    public int getTrafficClass() throws SocketException {
        requireOpen();
        return 0;
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

    /** Has no effect. */
    @Override
    public void setOOBInline(boolean on) throws SocketException {
        requireOpen();
    }

    /** {@return false} */
    @Override
    public boolean getOOBInline() throws SocketException {
        requireOpen();
        return false;
    }

    /** Throws. */
    @Override
    public void sendUrgentData(int data) throws SocketException {
        throw new SocketException("Urgent data not supported");
    }

    /** Has no effect. */
    @Override
    public void setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
        // nothing to choose between
    }

    /** What it is connected to. */
    @Override
    public String toString() {
        return "UnixSocket[" + (channel == null ? "unconnected" : channel) + "]";
    }
}
