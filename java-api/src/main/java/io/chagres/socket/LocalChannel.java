// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.ClosedException;
import io.chagres.InterruptedCallException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.PeerGoneException;
import io.chagres.internal.Deadline;
import io.chagres.internal.Impossible;
import io.chagres.internal.LocalBackend;
import io.chagres.internal.StreamInput;
import io.chagres.internal.StreamOutput;
import io.chagres.internal.platform.Backends;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;

/**
 * A connection between two processes on this machine, by means that every platform has. Its server
 * is a {@link LocalServer}; both have the same {@link LocalMode}, and the methods of the other mode
 * throw {@link IllegalStateException}.
 *
 * <p>A <b>stream</b> is read and written. A read returns what there is, and waits only while there
 * is nothing; {@code readFully} fills its target; a write returns when all bytes are on their way.
 *
 * <p><b>Messages</b> are sent and received, of 1 to {@value #MAX_MESSAGE} bytes, each by one
 * receiver. One that is longer than the target is not cut and not lost: {@link
 * MessageTooLongException} has its length, and the next receive gets it. While one thread waits in
 * a receive, others wait for their turn.
 *
 * <p>{@link Ipc#EOF} comes when the peer has closed its end and everything was read. Then a write
 * or send throws {@link PeerGoneException}, and no signal ends the JVM. There is no half-close, as
 * not every platform has it.
 *
 * <p>With segments nothing is allocated per call, up to 16 KiB also not with those on the heap. A
 * segment must stay alive until the call returns. Thread-safe, with one direction independent of
 * the other. A call that waits blocks its platform thread; a virtual thread parks and leaves its
 * carrier to others. Closing the handle ends it with {@link ClosedException}. An interrupt ends it
 * with {@link InterruptedException} if nothing was moved yet; else it returns the count, and the
 * thread's interrupt status is set. The methods of {@link ByteChannel} throw {@link
 * InterruptedCallException} instead, with that status set. After an interrupt the handle stays
 * open.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public final class LocalChannel implements ByteChannel {

    /** The longest message, in bytes. */
    public static final int MAX_MESSAGE = 64 * 1024;

    private final LocalBackend.Connection connection;
    private final LocalMode mode;
    private final StreamInput input;
    private final StreamOutput output;

    LocalChannel(LocalBackend.Connection connection, LocalMode mode) {
        this.connection = connection;
        this.mode = mode;
        this.input = new StreamInput(connection);
        this.output = new StreamOutput(connection);
    }

    /**
     * Connects a stream to a server that is there, as {@link #connect(LocalName, LocalMode)}.
     *
     * @param name the server's
     * @return the connection
     * @throws InterruptedException when the thread is interrupted
     * @throws IpcException as {@link #connect(LocalName, LocalMode)} does
     */
    public static LocalChannel connect(LocalName name) throws IpcException, InterruptedException {
        return connect(name, LocalMode.STREAM);
    }

    /**
     * Connects a stream to a server, and waits for it to be there, as {@link #connect(LocalName,
     * LocalMode, Duration)}.
     *
     * @param name the server's
     * @param timeout how long to wait; zero or negative does not wait
     * @return the connection
     * @throws InterruptedException when the thread is interrupted
     * @throws IpcException as {@link #connect(LocalName, LocalMode, Duration)} does
     */
    public static LocalChannel connect(LocalName name, Duration timeout)
            throws IpcException, InterruptedException {
        return connect(name, LocalMode.STREAM, timeout);
    }

    /**
     * Connects to a server that is there, waiting while its backlog is full.
     *
     * @param name the server's
     * @param mode the server's
     * @return the connection
     * @throws io.chagres.NotFoundException when there is no such server
     * @throws PeerGoneException when the server has died, or does not listen yet
     * @throws io.chagres.AccessDeniedException when the server is not for this user, or the
     *     directory of the short names is not the user's alone, see {@link LocalName}
     * @throws IllegalArgumentException when the path is too long for the platform
     * @throws InterruptedException when the thread is interrupted
     * @throws UnsupportedOperationException naming platform and mechanism, where there are none
     * @throws IpcException when it fails for another reason, such as a server of another mode
     * @see <a href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</a>
     */
    public static LocalChannel connect(LocalName name, LocalMode mode)
            throws IpcException, InterruptedException {
        return new LocalChannel(Backends.local().connect(name, mode, Deadline.NEVER), mode);
    }

    /**
     * Connects to a server, waiting until it is there and takes the connection, but not longer than
     * a timeout. So it does not matter which of two processes is started first. Whether the server
     * has appeared is looked at every few milliseconds, since nothing in the system tells.
     *
     * @param name the server's
     * @param mode the server's
     * @param timeout how long to wait; zero or negative tries once
     * @return the connection
     * @throws io.chagres.TimedOutException when the server was not there, or its backlog was full,
     *     all the time; the message says which
     * @throws InterruptedException when the thread is interrupted
     * @throws IpcException as {@link #connect(LocalName, LocalMode)} does, without waiting, when it
     *     fails for another reason
     */
    public static LocalChannel connect(LocalName name, LocalMode mode, Duration timeout)
            throws IpcException, InterruptedException {
        return new LocalChannel(Backends.local().await(name, mode, Deadline.after(timeout)), mode);
    }

    // ---- streams

    /**
     * Reads what there is, waiting until there is something.
     *
     * @param target where to put it; of size 0 it reads nothing and does not wait
     * @return bytes read, at least one; or {@link Ipc#EOF}
     * @throws IllegalArgumentException when the target is read-only; nothing was read
     * @throws InterruptedException when the thread is interrupted; nothing was read
     * @throws IpcException when it fails; nothing was read
     */
    public long read(MemorySegment target) throws IpcException, InterruptedException {
        return input().read(target, Deadline.NEVER);
    }

    /**
     * Reads what there is, waiting until there is something, but not longer than a timeout.
     *
     * @param target where to put it; of size 0 it reads nothing and does not wait
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes read, at least one; {@link Ipc#EOF}; or {@link Ipc#TIMED_OUT}, {@link
     *     Ipc#WOULD_BLOCK} if the timeout was zero or negative
     * @throws IllegalArgumentException when the target is read-only; nothing was read
     * @throws InterruptedException when the thread is interrupted; nothing was read
     * @throws IpcException when it fails; nothing was read
     */
    public long read(MemorySegment target, Duration timeout)
            throws IpcException, InterruptedException {
        return input().read(target, Deadline.after(timeout));
    }

    /**
     * Reads what there is now. Does not block.
     *
     * @param target where to put it; of size 0 it reads nothing
     * @return bytes read, at least one; {@link Ipc#EOF}; or {@link Ipc#WOULD_BLOCK}
     * @throws IllegalArgumentException when the target is read-only; nothing was read
     * @throws IpcException when it fails; nothing was read
     */
    public long tryRead(MemorySegment target) throws IpcException {
        return input().tryRead(target);
    }

    /**
     * Reads exactly as many bytes as the target has, waiting for them.
     *
     * @param target to be filled; of size 0 it reads nothing
     * @return the target's size, or {@link Ipc#EOF} when the stream ends before the first byte.
     *     When the thread is interrupted after the first byte, the count so far, and the thread's
     *     interrupt status is set
     * @throws PeerGoneException when the stream ends after the first byte; the bytes that came are
     *     in the target, and the exception has their number
     * @throws IllegalArgumentException when the target is read-only; nothing was read
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public long readFully(MemorySegment target) throws IpcException, InterruptedException {
        return input().readFully(target, Deadline.NEVER);
    }

    /**
     * Reads exactly as many bytes as the target has, as {@link #readFully(MemorySegment)}, but
     * waits no longer than a timeout for all of them.
     *
     * @param target to be filled; of size 0 it reads nothing
     * @param timeout how long to wait; zero or negative does not wait
     * @return the target's size; {@link Ipc#EOF} when the stream ends before the first byte; the
     *     count so far when the timeout elapsed, or {@link Ipc#TIMED_OUT} if nothing had come,
     *     {@link Ipc#WOULD_BLOCK} if it was zero or negative
     * @throws PeerGoneException as {@link #readFully(MemorySegment)} does
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public long readFully(MemorySegment target, Duration timeout)
            throws IpcException, InterruptedException {
        return input().readFully(target, Deadline.after(timeout));
    }

    /**
     * Reads into a buffer from its position on, as {@link #read(MemorySegment, Duration)}; its
     * position moves by what was read.
     *
     * @param target where to put it
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes read, {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws InterruptedException when the thread is interrupted; nothing was read
     * @throws IpcException when it fails; nothing was read
     */
    public int read(ByteBuffer target, Duration timeout) throws IpcException, InterruptedException {
        return input().read(target, Deadline.after(timeout));
    }

    /**
     * Reads into a buffer from its position on, as {@link #read(MemorySegment)}; its position moves
     * by what was read.
     *
     * @param target where to put it
     * @return bytes read, 0 for a full buffer, or -1 at the end
     * @throws IllegalArgumentException when the buffer is read-only
     * @throws InterruptedCallException when the thread is interrupted, which stays its status;
     *     nothing was read
     * @throws IpcException when it fails; nothing was read
     */
    @Override
    public int read(ByteBuffer target) throws IpcException {
        return input().readOfChannel(target);
    }

    /**
     * Writes all bytes, waiting until they are on their way.
     *
     * @param source what to write; of size 0 it writes nothing
     * @return the source's size. When the thread is interrupted after the first byte, the count so
     *     far, and the thread's interrupt status is set
     * @throws PeerGoneException when the peer is gone; it has the number of bytes written before
     * @throws InterruptedException when the thread is interrupted; nothing was written
     * @throws IpcException when it fails
     */
    public long write(MemorySegment source) throws IpcException, InterruptedException {
        return output().write(source, Deadline.NEVER);
    }

    /**
     * Writes all bytes, as {@link #write(MemorySegment)}, but waits no longer than a timeout.
     *
     * @param source what to write; of size 0 it writes nothing
     * @param timeout how long to wait; zero or negative does not wait
     * @return the source's size; fewer when the timeout elapsed or the thread was interrupted; or
     *     {@link Ipc#TIMED_OUT} if nothing was written, {@link Ipc#WOULD_BLOCK} if the timeout was
     *     zero or negative
     * @throws PeerGoneException when the peer is gone; it has the number of bytes written before
     * @throws InterruptedException when the thread is interrupted; nothing was written
     * @throws IpcException when it fails
     */
    public long write(MemorySegment source, Duration timeout)
            throws IpcException, InterruptedException {
        return output().write(source, Deadline.after(timeout));
    }

    /**
     * Writes what there is room for now. Does not block.
     *
     * @param source what to write; of size 0 it writes nothing
     * @return bytes written, at least one; or {@link Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when the peer is gone
     * @throws IpcException when it fails
     */
    public long tryWrite(MemorySegment source) throws IpcException {
        return output().tryWrite(source);
    }

    /**
     * Writes a buffer from its position on, as {@link #write(MemorySegment, Duration)}; its
     * position moves by what was written.
     *
     * @param source what to write
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes written, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when the peer is gone
     * @throws InterruptedException when the thread is interrupted; nothing was written
     * @throws IpcException when it fails
     */
    public int write(ByteBuffer source, Duration timeout)
            throws IpcException, InterruptedException {
        return output().write(source, Deadline.after(timeout));
    }

    /**
     * Writes a buffer from its position on, as {@link #write(MemorySegment)}; its position moves by
     * what was written.
     *
     * @param source what to write
     * @return bytes written: all, or fewer after an interrupt, which stays the thread's status
     * @throws InterruptedCallException when the thread is interrupted, which stays its status;
     *     nothing was written
     * @throws PeerGoneException when the peer is gone
     * @throws IpcException when it fails
     */
    @Override
    public int write(ByteBuffer source) throws IpcException {
        return output().writeOfChannel(source);
    }

    // ---- messages

    /**
     * Sends a message, waiting until there is room.
     *
     * @param message 1 to {@value #MAX_MESSAGE} bytes
     * @throws IllegalArgumentException when it is empty or longer; nothing was sent
     * @throws PeerGoneException when the peer is gone
     * @throws io.chagres.LimitExceededException when the system has been told to allow less
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">send(2)</a>
     */
    public void send(MemorySegment message) throws IpcException, InterruptedException {
        send(message, Deadline.NEVER);
    }

    /**
     * Sends a message, waiting until there is room, but not longer than a timeout.
     *
     * @param message 1 to {@value #MAX_MESSAGE} bytes
     * @param timeout how long to wait; zero or negative does not wait
     * @return false when there was no room; nothing was sent
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send(MemorySegment)} does
     */
    public boolean trySend(MemorySegment message, Duration timeout)
            throws IpcException, InterruptedException {
        return send(message, Deadline.after(timeout)) >= 0;
    }

    /**
     * Sends a message if there is room now. Does not block.
     *
     * @param message 1 to {@value #MAX_MESSAGE} bytes
     * @return false when there was no room; nothing was sent
     * @throws IpcException as {@link #send(MemorySegment)} does
     */
    public boolean trySend(MemorySegment message) throws IpcException {
        try {
            return send(message, Deadline.NOW) >= 0;
        } catch (InterruptedException e) {
            throw Impossible.interrupt(e);
        }
    }

    /**
     * Sends what is between a buffer's position and limit as one message, as {@link
     * #send(MemorySegment)}; its position moves to the limit.
     *
     * @param message a buffer of any kind
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send(MemorySegment)} does
     */
    public void send(ByteBuffer message) throws IpcException, InterruptedException {
        send(MemorySegment.ofBuffer(message));
        message.position(message.limit());
    }

    private long send(MemorySegment message, long deadline)
            throws IpcException, InterruptedException {
        require(LocalMode.MESSAGE);
        long size = message.byteSize();
        if (size == 0 || size > MAX_MESSAGE) {
            throw new IllegalArgumentException(
                    "a message has 1 to " + MAX_MESSAGE + " bytes, and this one " + size);
        }
        return connection.send(message, deadline);
    }

    /**
     * Receives a message, waiting until there is one.
     *
     * @param target where to put it
     * @return its length; {@link Ipc#EOF} when the peer has closed and everything was received
     * @throws MessageTooLongException when the target is too small; the message stays for the next
     *     receive
     * @throws IllegalArgumentException when the target is read-only
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException when it fails; also when a message of more than {@value #MAX_MESSAGE}
     *     bytes has come, which only a peer without this library can send: it is lost if it is
     *     longer than the target
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2)</a>
     */
    public int receive(MemorySegment target) throws IpcException, InterruptedException {
        return receive(target, Deadline.NEVER);
    }

    /**
     * Receives a message, waiting until there is one, but not longer than a timeout.
     *
     * @param target where to put it
     * @param timeout how long to wait; zero or negative does not wait
     * @return its length; {@link Ipc#EOF}; {@link Ipc#TIMED_OUT}, or {@link Ipc#WOULD_BLOCK} if the
     *     timeout was zero or negative
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException as {@link #receive(MemorySegment)} does
     */
    public int receive(MemorySegment target, Duration timeout)
            throws IpcException, InterruptedException {
        return receive(target, Deadline.after(timeout));
    }

    /**
     * Receives a message that is there now. Does not block.
     *
     * @param target where to put it
     * @return its length; {@link Ipc#EOF} or {@link Ipc#WOULD_BLOCK}, also while another thread
     *     receives
     * @throws IpcException as {@link #receive(MemorySegment)} does
     */
    public int tryReceive(MemorySegment target) throws IpcException {
        try {
            return receive(target, Deadline.NOW);
        } catch (InterruptedException e) {
            throw Impossible.interrupt(e);
        }
    }

    /**
     * Receives a message into a buffer from its position on, as {@link #receive(MemorySegment,
     * Duration)}; its position moves by the message's length.
     *
     * @param target where to put it
     * @param timeout how long to wait; zero or negative does not wait
     * @return its length; {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException as {@link #receive(MemorySegment)} does
     */
    public int receive(ByteBuffer target, Duration timeout)
            throws IpcException, InterruptedException {
        int length = receive(MemorySegment.ofBuffer(target), timeout);
        target.position(target.position() + Math.max(0, length));
        return length;
    }

    private int receive(MemorySegment target, long deadline)
            throws IpcException, InterruptedException {
        require(LocalMode.MESSAGE);
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("the target is read-only");
        }
        return (int) connection.receive(target, deadline);
    }

    // ---- both

    private StreamInput input() {
        require(LocalMode.STREAM);
        return input;
    }

    private StreamOutput output() {
        require(LocalMode.STREAM);
        return output;
    }

    private void require(LocalMode wanted) {
        if (mode != wanted) {
            String verbs =
                    mode == LocalMode.STREAM ? "read and written" : "sent and received as messages";
            throw new IllegalStateException("this connection is " + verbs + ": " + this);
        }
    }

    /** {@return what is transferred} */
    public LocalMode mode() {
        return mode;
    }

    /**
     * {@return who the peer was when the connection was made; to a client, when the server was
     * opened} It stays so, whatever becomes of the peer.
     *
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7), SO_PEERCRED</a>
     */
    public PeerCredentials peerCredentials() throws IpcException {
        return connection.peerCredentials();
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    /**
     * Closes the connection. Idempotent; wakes the calls that wait, which throw {@link
     * ClosedException}. The peer reads what was sent, and then the end.
     *
     * @throws IpcException when the system could not; it is closed all the same
     */
    @Override
    public void close() throws IpcException {
        connection.close();
    }

    /** Its server's name for the system, and its mode. */
    @Override
    public String toString() {
        return "LocalChannel[" + connection.name() + ", " + mode + "]";
    }
}
