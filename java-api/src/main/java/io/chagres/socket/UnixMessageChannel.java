// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.internal.Deadline;
import io.chagres.internal.Impossible;
import io.chagres.internal.Scratch;
import io.chagres.internal.posix.PosixSocket;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A socket whose bytes are messages: each is received as it was sent, whole and by one receiver, or
 * not at all. A message may be empty.
 *
 * <p>A message that is longer than the buffer is cut, and the rest lost. With a {@link MessageInfo}
 * that is told by {@link MessageInfo#isTruncated}; without one it is an exception. How long a
 * message can be is up to {@link #sendBufferSize}.
 *
 * <p>Native segments and direct buffers go to and come from the kernel as they are; what is on the
 * heap is copied. With segments nothing is allocated per call, up to 16 KiB also not with those on
 * the heap. A segment must stay alive until the call returns.
 *
 * <p>Thread-safe. A call that waits blocks its platform thread in the one system call; a virtual
 * thread parks and leaves its carrier to others. Closing the handle ends it with {@link
 * ClosedException}, an interrupt with {@link InterruptedException}; nothing was sent or received
 * then, and after an interrupt the handle stays open.
 */
public abstract sealed class UnixMessageChannel implements UnixChannel
        permits UnixDatagramChannel, UnixSeqPacketChannel {

    final PosixSocket socket;

    UnixMessageChannel(PosixSocket socket) {
        this.socket = socket;
    }

    /**
     * Sends a message to the peer, waiting until there is room.
     *
     * @param message its bytes
     * @throws io.chagres.LimitExceededException when it does not fit into the send buffer
     * @throws io.chagres.PeerGoneException when the peer is gone
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException when it fails, such as {@code ENOTCONN} without a peer
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">send(2)</a>
     */
    public void send(MemorySegment message) throws IpcException, InterruptedException {
        socket.send(message, Deadline.NEVER);
    }

    /**
     * Sends a message to the peer if there is room now. Does not block.
     *
     * @param message its bytes
     * @return false when there was no room; nothing was sent
     * @throws IpcException as {@link #send(MemorySegment)} does
     */
    public boolean trySend(MemorySegment message) throws IpcException {
        try {
            return socket.send(message, Deadline.NOW) >= 0;
        } catch (InterruptedException e) {
            throw Impossible.interrupt(e);
        }
    }

    /**
     * Sends a message to the peer, waiting until there is room, but not longer than a timeout.
     *
     * @param message its bytes
     * @param timeout how long to wait; zero or negative does not wait
     * @return false when there was no room; nothing was sent
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send(MemorySegment)} does
     */
    public boolean trySend(MemorySegment message, Duration timeout)
            throws IpcException, InterruptedException {
        return socket.send(message, Deadline.after(timeout)) >= 0;
    }

    /**
     * Sends a message with what goes with it, waiting until there is room.
     *
     * @param message its bytes
     * @param envelope where to, descriptors and credentials
     * @throws ClosedException also when a handle in the envelope is closed; nothing was sent
     * @throws io.chagres.AccessDeniedException when the credentials are not the sender's, or the
     *     destination's permissions refuse
     * @throws io.chagres.LimitExceededException when it does not fit into the send buffer, or too
     *     many descriptors are on their way
     * @throws io.chagres.PeerGoneException when the peer is gone, or nobody has the destination
     * @throws io.chagres.NotFoundException when nothing has the path of the destination
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">sendmsg(2)</a>
     */
    public void send(MemorySegment message, Envelope envelope)
            throws IpcException, InterruptedException {
        socket.send(message, envelope, Deadline.NEVER);
    }

    /**
     * Sends a message with what goes with it if there is room now. Does not block.
     *
     * @param message its bytes
     * @param envelope where to, descriptors and credentials
     * @return false when there was no room; nothing was sent
     * @throws IpcException as {@link #send(MemorySegment, Envelope)} does
     */
    public boolean trySend(MemorySegment message, Envelope envelope) throws IpcException {
        try {
            return socket.send(message, envelope, Deadline.NOW) >= 0;
        } catch (InterruptedException e) {
            throw Impossible.interrupt(e);
        }
    }

    /**
     * Sends a message with what goes with it, waiting until there is room, but not longer than a
     * timeout.
     *
     * @param message its bytes
     * @param envelope where to, descriptors and credentials
     * @param timeout how long to wait; zero or negative does not wait
     * @return false when there was no room; nothing was sent
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send(MemorySegment, Envelope)} does
     */
    public boolean trySend(MemorySegment message, Envelope envelope, Duration timeout)
            throws IpcException, InterruptedException {
        return socket.send(message, envelope, Deadline.after(timeout)) >= 0;
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

    /**
     * Sends what is between a buffer's position and limit as one message, as {@link
     * #trySend(MemorySegment, Duration)}; its position moves to the limit if it was sent.
     *
     * @param message a buffer of any kind
     * @param timeout how long to wait; zero or negative does not wait
     * @return false when there was no room; nothing was sent
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send(MemorySegment)} does
     */
    public boolean trySend(ByteBuffer message, Duration timeout)
            throws IpcException, InterruptedException {
        boolean sent = trySend(MemorySegment.ofBuffer(message), timeout);
        if (sent) {
            message.position(message.limit());
        }
        return sent;
    }

    /**
     * Sends what several buffers have as one message, as {@link #send(ByteBuffer)}; they are copied
     * into one block.
     *
     * @param parts buffers of any kind, one after the other
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send(MemorySegment)} does
     */
    public void send(ByteBuffer[] parts) throws IpcException, InterruptedException {
        try (Scratch scratch = Scratch.of(remaining(parts))) {
            long at = 0;
            for (ByteBuffer each : parts) {
                MemorySegment part = MemorySegment.ofBuffer(each);
                MemorySegment.copy(part, 0, scratch.segment(), at, part.byteSize());
                at += part.byteSize();
            }
            send(scratch.segment().asSlice(0, at));
        }
        for (ByteBuffer each : parts) {
            each.position(each.limit());
        }
    }

    /**
     * Sends all messages of a batch to the peer, in as few system calls as it takes, waiting until
     * there is room.
     *
     * @param batch the messages
     * @return how many were sent: all, unless the thread was interrupted after the first, which is
     *     its interrupt status then
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send(MemorySegment)} does; {@link MessageBatch#sent} tells
     *     how many were sent before
     * @see <a href="https://man7.org/linux/man-pages/man2/sendmmsg.2.html">sendmmsg(2)</a>
     */
    public int send(MessageBatch batch) throws IpcException, InterruptedException {
        return send(batch, Deadline.NEVER);
    }

    /**
     * Sends messages of a batch to the peer, as {@link #send(MessageBatch)}, but waits no longer
     * than a timeout.
     *
     * @param batch the messages
     * @param timeout how long to wait; zero or negative does not wait
     * @return how many were sent, the first ones of the batch
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException as {@link #send(MessageBatch)} does
     */
    public int trySend(MessageBatch batch, Duration timeout)
            throws IpcException, InterruptedException {
        return send(batch, Deadline.after(timeout));
    }

    private int send(MessageBatch batch, long deadline) throws IpcException, InterruptedException {
        int sent = 0;
        batch.sent(0);
        while (sent < batch.count()) {
            int count;
            try {
                count = batch.memory().send(socket, sent, batch.count(), deadline);
            } catch (InterruptedException e) {
                if (sent == 0) {
                    throw e;
                }
                Thread.currentThread().interrupt();
                return sent;
            }
            if (count < 0) {
                return sent;
            }
            sent += count;
            batch.sent(sent);
        }
        return sent;
    }

    /**
     * Receives a message, waiting until there is one.
     *
     * @param target where to put it
     * @return its length; {@link Ipc#EOF} when the peer of a connection is gone, or the input was
     *     shut
     * @throws IllegalArgumentException when the target is read-only
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException when it fails; also when the message is longer than the target, whose
     *     size it then fills, and the rest is lost
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
     * @return its length; {@link Ipc#EOF} or {@link Ipc#WOULD_BLOCK}
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
     * Receives a message with what comes with it, waiting until there is one.
     *
     * @param target where to put it
     * @param info is set to what came; what it held before is gone
     * @return bytes in the target, see {@link MessageInfo#isTruncated}; {@link Ipc#EOF} when the
     *     peer of a connection is gone
     * @throws IllegalArgumentException when the target is read-only
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws io.chagres.LimitExceededException when this process can open no more descriptors; all
     *     that came are closed, and the message is in the target
     * @throws IpcException also when more descriptors came than the info takes; all are closed, the
     *     message is in the target, and the info has its length
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recvmsg(2)</a>
     */
    public int receive(MemorySegment target, MessageInfo info)
            throws IpcException, InterruptedException {
        return receive(target, info, Deadline.NEVER);
    }

    /**
     * Receives a message with what comes with it, as {@link #receive(MemorySegment, MessageInfo)},
     * but waits no longer than a timeout.
     *
     * @param target where to put it
     * @param info is set to what came; what it held before is gone
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes in the target; {@link Ipc#EOF}; {@link Ipc#TIMED_OUT}, or {@link
     *     Ipc#WOULD_BLOCK} if the timeout was zero or negative
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException as {@link #receive(MemorySegment, MessageInfo)} does
     */
    public int receive(MemorySegment target, MessageInfo info, Duration timeout)
            throws IpcException, InterruptedException {
        return receive(target, info, Deadline.after(timeout));
    }

    /**
     * Receives a message that is there now, with what comes with it. Does not block.
     *
     * @param target where to put it
     * @param info is set to what came; what it held before is gone
     * @return bytes in the target; {@link Ipc#EOF} or {@link Ipc#WOULD_BLOCK}
     * @throws IpcException as {@link #receive(MemorySegment, MessageInfo)} does
     */
    public int tryReceive(MemorySegment target, MessageInfo info) throws IpcException {
        try {
            return receive(target, info, Deadline.NOW);
        } catch (InterruptedException e) {
            throw Impossible.interrupt(e);
        }
    }

    /**
     * Receives a message into a buffer from its position on, as {@link #receive(MemorySegment,
     * MessageInfo)}; its position moves by what was received.
     *
     * @param target where to put it
     * @param info is set to what came; what it held before is gone
     * @return bytes in the target, or {@link Ipc#EOF}
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException as {@link #receive(MemorySegment, MessageInfo)} does
     */
    public int receive(ByteBuffer target, MessageInfo info)
            throws IpcException, InterruptedException {
        return receive(target, info, Deadline.NEVER);
    }

    /**
     * Receives a message into a buffer from its position on, as {@link #receive(MemorySegment,
     * MessageInfo, Duration)}; its position moves by what was received.
     *
     * @param target where to put it
     * @param info is set to what came; what it held before is gone
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes in the target; {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link
     *     Ipc#WOULD_BLOCK}
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException as {@link #receive(MemorySegment, MessageInfo)} does
     */
    public int receive(ByteBuffer target, MessageInfo info, Duration timeout)
            throws IpcException, InterruptedException {
        return receive(target, info, Deadline.after(timeout));
    }

    private int receive(ByteBuffer target, MessageInfo info, long deadline)
            throws IpcException, InterruptedException {
        MemorySegment segment = MemorySegment.ofBuffer(target);
        Messages.check(socket, segment);
        int count = (int) socket.receiveLenient(segment, 0, info, deadline);
        advance(target, count);
        socket.requireAllDescriptors(count, info);
        return count;
    }

    /**
     * Receives a message into several buffers, one after the other, as {@link #receive(ByteBuffer,
     * MessageInfo)}; it is copied from one block.
     *
     * @param parts where to put it
     * @param info is set to what came; what it held before is gone
     * @return bytes in the parts, or {@link Ipc#EOF}
     * @throws IllegalArgumentException when a buffer is read-only
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException as {@link #receive(MemorySegment, MessageInfo)} does
     */
    public int receive(ByteBuffer[] parts, MessageInfo info)
            throws IpcException, InterruptedException {
        for (ByteBuffer each : parts) {
            Messages.check(socket, MemorySegment.ofBuffer(each));
        }
        long size = remaining(parts);
        try (Scratch scratch = Scratch.of(size)) {
            MemorySegment block = scratch.segment().asSlice(0, size);
            int count = (int) socket.receiveLenient(block, 0, info, Deadline.NEVER);
            scatter(block, count, parts);
            socket.requireAllDescriptors(count, info);
            return count;
        }
    }

    private static void scatter(MemorySegment block, long count, ByteBuffer[] parts) {
        long at = 0;
        for (ByteBuffer each : parts) {
            long part = Math.min(each.remaining(), Math.max(0, count - at));
            MemorySegment.copy(block, at, MemorySegment.ofBuffer(each), 0, part);
            each.position(each.position() + (int) part);
            at += part;
        }
    }

    /**
     * Receives messages that are there into a batch, in one system call, waiting until there is
     * one. Descriptors that come with them are closed by the kernel.
     *
     * @param batch is filled; what it held before is gone
     * @return how many came, at least one
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException when it fails; nothing was received
     * @see <a href="https://man7.org/linux/man-pages/man2/recvmmsg.2.html">recvmmsg(2)</a>
     */
    public int receive(MessageBatch batch) throws IpcException, InterruptedException {
        return receive(batch, Deadline.NEVER);
    }

    /**
     * Receives messages that are there into a batch, as {@link #receive(MessageBatch)}, but waits
     * no longer than a timeout.
     *
     * @param batch is filled; what it held before is gone
     * @param timeout how long to wait; zero or negative does not wait
     * @return how many came, at least one; {@link Ipc#EOF}; {@link Ipc#TIMED_OUT}, or {@link
     *     Ipc#WOULD_BLOCK} if the timeout was zero or negative
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException when it fails; nothing was received
     */
    public int receive(MessageBatch batch, Duration timeout)
            throws IpcException, InterruptedException {
        return receive(batch, Deadline.after(timeout));
    }

    private int receive(MessageBatch batch, long deadline)
            throws IpcException, InterruptedException {
        int count = batch.memory().receive(socket, deadline);
        batch.received(count);
        return count;
    }

    /**
     * Looks at the next message and leaves it there, waiting until there is one. Its descriptors
     * stay with it.
     *
     * @param target where to put it
     * @param info is set to what it is, but for its descriptors
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes in the target; {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link
     *     Ipc#WOULD_BLOCK}
     * @throws InterruptedException when the thread is interrupted
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2), MSG_PEEK</a>
     */
    public int peek(MemorySegment target, MessageInfo info, Duration timeout)
            throws IpcException, InterruptedException {
        Messages.check(socket, target);
        return (int) socket.receive(target, PosixSocket.PEEK, info, Deadline.after(timeout));
    }

    private int receive(MemorySegment target, long deadline)
            throws IpcException, InterruptedException {
        Messages.check(socket, target);
        return (int) socket.receiveWhole(target, deadline);
    }

    private int receive(MemorySegment target, MessageInfo info, long deadline)
            throws IpcException, InterruptedException {
        Messages.check(socket, target);
        return (int) socket.receive(target, 0, info, deadline);
    }

    private static long remaining(ByteBuffer[] parts) {
        long sum = 0;
        for (ByteBuffer each : parts) {
            sum += each.remaining();
        }
        return sum;
    }

    private static int advance(ByteBuffer buffer, int count) {
        if (count > 0) {
            buffer.position(buffer.position() + count);
        }
        return count;
    }

    @Override
    public UnixAddress localAddress() throws IpcException {
        return socket.localAddress();
    }

    @Override
    public UnixAddress remoteAddress() throws IpcException {
        return socket.remoteAddress();
    }

    @Override
    public PeerCredentials peerCredentials() throws IpcException {
        return socket.peerCredentials();
    }

    @Override
    public Optional<ProcessHandle> peerProcess() throws IpcException {
        return socket.peerProcess();
    }

    @Override
    public void receiveCredentials(boolean receive) throws IpcException {
        socket.receiveCredentials(receive);
    }

    @Override
    public int sendBufferSize() throws IpcException {
        return socket.sendBufferSize();
    }

    @Override
    public int sendBufferSize(int size) throws IpcException {
        return socket.sendBufferSize(size);
    }

    @Override
    public int receiveBufferSize() throws IpcException {
        return socket.receiveBufferSize();
    }

    @Override
    public int receiveBufferSize(int size) throws IpcException {
        return socket.receiveBufferSize(size);
    }

    @Override
    public void shutdownInput() throws IpcException {
        socket.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IpcException {
        socket.shutdownOutput();
    }

    @Override
    public BorrowedDescriptor borrow() throws IpcException {
        return socket.borrow();
    }

    @Override
    public int detach() throws IpcException {
        return socket.detach();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IpcException {
        socket.close();
    }

    /** What it is and whom it talks to. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + socket.name() + "]";
    }
}
