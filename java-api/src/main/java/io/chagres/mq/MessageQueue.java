// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import io.chagres.BorrowedDescriptor;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.OpenMode;
import io.chagres.event.Pollable;
import io.chagres.event.Poller;
import io.chagres.internal.Deadline;
import io.chagres.internal.posix.MessageQueueDirectory;
import io.chagres.internal.posix.MessageQueueOpener;
import io.chagres.internal.posix.PosixMessageQueue;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A POSIX message queue: whole messages with priorities, kept by the kernel until somebody receives
 * them or the machine restarts.
 *
 * <p>Messages are received highest priority first, and in the order of sending within one priority.
 * A name is a slash and then 1 to 254 printable ASCII characters without another slash.
 *
 * <p>Every operation comes for {@link MemorySegment}, {@link ByteBuffer} and {@code byte[]}. Native
 * segments and direct buffers go to the kernel as they are; what is on the heap is copied once.
 * Nothing is allocated per message with native segments, nor with arrays and heap segments while
 * the queue's messages have up to 16 KiB. A segment must stay alive until the call returns.
 *
 * <p>Thread-safe; any number of threads and processes may send and receive at once. A call that
 * waits blocks its platform thread in the one system call; a virtual thread parks and leaves its
 * carrier to others. Closing the handle ends it with {@link io.chagres.ClosedException}, an
 * interrupt with {@link InterruptedException}, and in both cases nothing was sent or received.
 *
 * <p>All methods that reach the system throw {@link io.chagres.ClosedException} after {@link
 * #close}, {@link UnsupportedOperationException} where the platform has no such queues, and {@link
 * IllegalCallerException} naming the flag to pass where native access is not enabled.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/mq_overview.7.html">mq_overview(7)</a>
 */
public final class MessageQueue implements Pollable, AutoCloseable {

    /** The highest priority of a message. */
    public static final int MAX_PRIORITY = 32_767;

    private final PosixMessageQueue queue;

    private MessageQueue(PosixMessageQueue queue) {
        this.queue = queue;
    }

    /**
     * Creates a queue that must not exist, with the system's depth and message size, for the owner
     * only.
     *
     * @param name of the queue
     * @return the open queue
     * @throws IpcException as {@link #create(String, MessageQueueOptions)} does
     */
    public static MessageQueue create(String name) throws IpcException {
        return create(name, MessageQueueOptions.defaults());
    }

    /**
     * Creates a queue that must not exist.
     *
     * @param name of the queue
     * @param options its depth, message size and access, and what the returned handle is for
     * @return the open queue
     * @throws io.chagres.InvalidNameException when the name breaks the rules
     * @throws io.chagres.AlreadyExistsException when a queue of that name exists
     * @throws io.chagres.LimitExceededException when a limit is reached, naming the sysctl or
     *     rlimit
     * @throws IpcException when it fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_open.3.html">mq_open(3)</a>
     */
    public static MessageQueue create(String name, MessageQueueOptions options)
            throws IpcException {
        return new MessageQueue(MessageQueueOpener.create(name, options.mode(), creation(options)));
    }

    /**
     * Opens a queue that exists, to send and to receive.
     *
     * @param name of the queue
     * @return the open queue
     * @throws IpcException as {@link #open(String, OpenMode)} does
     */
    public static MessageQueue open(String name) throws IpcException {
        return open(name, OpenMode.READ_WRITE);
    }

    /**
     * Opens a queue that exists.
     *
     * @param name of the queue
     * @param mode what the returned handle is for
     * @return the open queue
     * @throws io.chagres.InvalidNameException when the name breaks the rules
     * @throws io.chagres.NotFoundException when there is no queue of that name
     * @throws io.chagres.AccessDeniedException when its permissions refuse
     * @throws io.chagres.LimitExceededException when this process can open nothing more
     * @throws IpcException when it fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_open.3.html">mq_open(3)</a>
     */
    public static MessageQueue open(String name, OpenMode mode) throws IpcException {
        return new MessageQueue(MessageQueueOpener.open(name, mode));
    }

    /**
     * Opens a queue, creating it if it does not exist; of several processes that try, exactly one
     * creates.
     *
     * @param name of the queue
     * @param options depth, message size and access of a queue that is created (one that exists
     *     keeps its own), and what the returned handle is for
     * @return the open queue
     * @throws IpcException as {@link #open(String, OpenMode)} and {@link #create(String,
     *     MessageQueueOptions)} do
     */
    public static MessageQueue openOrCreate(String name, MessageQueueOptions options)
            throws IpcException {
        return new MessageQueue(
                MessageQueueOpener.openOrCreate(name, options.mode(), creation(options)));
    }

    /**
     * Takes over a descriptor of a queue that is open already, such as one that was inherited. It
     * is made close-on-exec, and {@link #close} closes it.
     *
     * @param fd the descriptor; from now on this handle owns it
     * @return a handle that is for what the descriptor is open for
     * @throws IpcException when it is not that of a message queue; it is left open
     */
    public static MessageQueue adopt(int fd) throws IpcException {
        return new MessageQueue(MessageQueueOpener.adopt(fd));
    }

    /**
     * Removes a queue's name. Those who have it open go on using it; it is gone when the last of
     * them has closed it.
     *
     * @param name of the queue
     * @throws io.chagres.InvalidNameException when the name breaks the rules
     * @throws io.chagres.NotFoundException when there is no queue of that name
     * @throws io.chagres.AccessDeniedException when it belongs to another user
     * @throws IpcException when it fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_unlink.3.html">mq_unlink(3)</a>
     */
    public static void unlink(String name) throws IpcException {
        MessageQueueOpener.unlink(name);
    }

    /**
     * {@return the queues of this machine (of this IPC namespace), by name} Blocks as reading a
     * directory does.
     *
     * @throws io.chagres.AccessDeniedException when the mqueue file system, which lists them, is
     *     not mounted, telling how to mount it; a privileged process can do without
     * @throws IOException when reading it fails for another reason
     */
    public static List<MessageQueueEntry> list() throws IOException {
        return MessageQueueDirectory.list().stream().map(MessageQueueEntry::of).toList();
    }

    /**
     * Sends a message, waiting while the queue is full.
     *
     * @param message all of its bytes; read-only and heap segments will do
     * @param priority 0 to {@link #MAX_PRIORITY}; higher ones are received first
     * @throws IllegalArgumentException when the message is longer than the queue's, or for the
     *     priority
     * @throws IllegalStateException when the handle is not for sending, or the segment's arena is
     *     closed
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException when it fails; nothing was sent
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_send.3.html">mq_send(3)</a>
     */
    public void send(MemorySegment message, int priority)
            throws IpcException, InterruptedException {
        checkSend(message.byteSize(), priority);
        queue.send(message, priority, Deadline.NEVER);
    }

    /**
     * Sends what is between a buffer's position and limit, as {@link #send(MemorySegment, int)};
     * its position moves to its limit.
     *
     * @param message a buffer of any kind
     * @param priority 0 to {@link #MAX_PRIORITY}
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException when it fails; nothing was sent
     */
    public void send(ByteBuffer message, int priority) throws IpcException, InterruptedException {
        send(MemorySegment.ofBuffer(message), priority);
        message.position(message.limit());
    }

    /**
     * Sends an array, as {@link #send(MemorySegment, int)}.
     *
     * @param message all of its bytes
     * @param priority 0 to {@link #MAX_PRIORITY}
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException when it fails; nothing was sent
     */
    public void send(byte[] message, int priority) throws IpcException, InterruptedException {
        checkSend(message.length, priority);
        queue.send(message, priority, Deadline.NEVER);
    }

    /**
     * Sends a message if there is room now. Does not block.
     *
     * @param message all of its bytes
     * @param priority 0 to {@link #MAX_PRIORITY}
     * @return false when the queue is full; nothing was sent
     * @throws IllegalArgumentException when the message is longer than the queue's, or for the
     *     priority
     * @throws IllegalStateException when the handle is not for sending, or the segment's arena is
     *     closed
     * @throws IpcException when it fails; nothing was sent
     */
    public boolean trySend(MemorySegment message, int priority) throws IpcException {
        checkSend(message.byteSize(), priority);
        try {
            return queue.send(message, priority, Deadline.NOW);
        } catch (InterruptedException e) {
            throw impossible(e);
        }
    }

    /**
     * Sends what is between a buffer's position and limit, as {@link #trySend(MemorySegment, int)};
     * its position moves to its limit if it was sent.
     *
     * @param message a buffer of any kind
     * @param priority 0 to {@link #MAX_PRIORITY}
     * @return false when the queue is full; nothing was sent
     * @throws IpcException when it fails; nothing was sent
     */
    public boolean trySend(ByteBuffer message, int priority) throws IpcException {
        boolean sent = trySend(MemorySegment.ofBuffer(message), priority);
        if (sent) {
            message.position(message.limit());
        }
        return sent;
    }

    /**
     * Sends an array, as {@link #trySend(MemorySegment, int)}.
     *
     * @param message all of its bytes
     * @param priority 0 to {@link #MAX_PRIORITY}
     * @return false when the queue is full; nothing was sent
     * @throws IpcException when it fails; nothing was sent
     */
    public boolean trySend(byte[] message, int priority) throws IpcException {
        checkSend(message.length, priority);
        try {
            return queue.send(message, priority, Deadline.NOW);
        } catch (InterruptedException e) {
            throw impossible(e);
        }
    }

    /**
     * Sends a message, waiting while the queue is full, but not longer than a timeout.
     *
     * @param message all of its bytes
     * @param priority 0 to {@link #MAX_PRIORITY}
     * @param timeout how long to wait; zero or negative does not wait
     * @return false when the queue was full all the time; nothing was sent
     * @throws IllegalArgumentException when the message is longer than the queue's, or for the
     *     priority
     * @throws IllegalStateException when the handle is not for sending, or the segment's arena is
     *     closed
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException when it fails; nothing was sent
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_send.3.html">mq_timedsend(3)</a>
     */
    public boolean trySend(MemorySegment message, int priority, Duration timeout)
            throws IpcException, InterruptedException {
        checkSend(message.byteSize(), priority);
        return queue.send(message, priority, Deadline.after(timeout));
    }

    /**
     * Sends what is between a buffer's position and limit, as {@link #trySend(MemorySegment, int,
     * Duration)}; its position moves to its limit if it was sent.
     *
     * @param message a buffer of any kind
     * @param priority 0 to {@link #MAX_PRIORITY}
     * @param timeout how long to wait; zero or negative does not wait
     * @return false when the queue was full all the time; nothing was sent
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException when it fails; nothing was sent
     */
    public boolean trySend(ByteBuffer message, int priority, Duration timeout)
            throws IpcException, InterruptedException {
        boolean sent = trySend(MemorySegment.ofBuffer(message), priority, timeout);
        if (sent) {
            message.position(message.limit());
        }
        return sent;
    }

    /**
     * Sends an array, as {@link #trySend(MemorySegment, int, Duration)}.
     *
     * @param message all of its bytes
     * @param priority 0 to {@link #MAX_PRIORITY}
     * @param timeout how long to wait; zero or negative does not wait
     * @return false when the queue was full all the time; nothing was sent
     * @throws InterruptedException when the thread is interrupted; nothing was sent
     * @throws IpcException when it fails; nothing was sent
     */
    public boolean trySend(byte[] message, int priority, Duration timeout)
            throws IpcException, InterruptedException {
        checkSend(message.length, priority);
        return queue.send(message, priority, Deadline.after(timeout));
    }

    /**
     * Receives a message, waiting while the queue is empty.
     *
     * @param buffer where to put it, of at least {@link #messageSize()} bytes
     * @return the message's length, which may be 0
     * @throws IllegalArgumentException when the buffer is too small or read-only; nothing was
     *     received
     * @throws IllegalStateException when the handle is not for receiving, or the segment's arena is
     *     closed; nothing was received
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException when it fails; nothing was received
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_receive.3.html">mq_receive(3)</a>
     */
    public int receive(MemorySegment buffer) throws IpcException, InterruptedException {
        return receive(buffer, null, Deadline.NEVER);
    }

    /**
     * Receives a message with its priority, as {@link #receive(MemorySegment)}.
     *
     * @param buffer where to put it, of at least {@link #messageSize()} bytes
     * @param info is told the priority
     * @return the message's length, which may be 0
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException when it fails; nothing was received
     */
    public int receive(MemorySegment buffer, MessageInfo info)
            throws IpcException, InterruptedException {
        return receive(buffer, info, Deadline.NEVER);
    }

    /**
     * Receives a message with its priority, waiting while the queue is empty, but not longer than a
     * timeout.
     *
     * @param buffer where to put it, of at least {@link #messageSize()} bytes
     * @param info is told the priority
     * @param timeout how long to wait; zero or negative does not wait
     * @return the message's length, which may be 0, or {@link Ipc#TIMED_OUT}; {@link
     *     Ipc#WOULD_BLOCK} if the timeout was zero or negative
     * @throws IllegalArgumentException when the buffer is too small or read-only; nothing was
     *     received
     * @throws IllegalStateException when the handle is not for receiving, or the segment's arena is
     *     closed; nothing was received
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException when it fails; nothing was received
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_receive.3.html">mq_timedreceive(3)</a>
     */
    public int receive(MemorySegment buffer, MessageInfo info, Duration timeout)
            throws IpcException, InterruptedException {
        return receive(buffer, info, Deadline.after(timeout));
    }

    /**
     * Receives a message with its priority if there is one now. Does not block.
     *
     * @param buffer where to put it, of at least {@link #messageSize()} bytes
     * @param info is told the priority
     * @return the message's length, which may be 0, or {@link Ipc#WOULD_BLOCK} when the queue is
     *     empty
     * @throws IllegalArgumentException when the buffer is too small or read-only; nothing was
     *     received
     * @throws IllegalStateException when the handle is not for receiving, or the segment's arena is
     *     closed; nothing was received
     * @throws IpcException when it fails; nothing was received
     */
    public int tryReceive(MemorySegment buffer, MessageInfo info) throws IpcException {
        try {
            return receive(buffer, info, Deadline.NOW);
        } catch (InterruptedException e) {
            throw impossible(e);
        }
    }

    /**
     * Receives into a buffer from its position on, as {@link #receive(MemorySegment, MessageInfo,
     * Duration)}; its position moves by the message's length.
     *
     * @param buffer with at least {@link #messageSize()} bytes remaining
     * @param info is told the priority
     * @param timeout how long to wait; zero or negative does not wait
     * @return the message's length, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException when it fails; nothing was received
     */
    public int receive(ByteBuffer buffer, MessageInfo info, Duration timeout)
            throws IpcException, InterruptedException {
        return advanced(buffer, receive(MemorySegment.ofBuffer(buffer), info, timeout));
    }

    /**
     * Receives into a buffer from its position on, as {@link #receive(MemorySegment, MessageInfo)};
     * its position moves by the message's length.
     *
     * @param buffer with at least {@link #messageSize()} bytes remaining
     * @param info is told the priority
     * @return the message's length, which may be 0
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException when it fails; nothing was received
     */
    public int receive(ByteBuffer buffer, MessageInfo info)
            throws IpcException, InterruptedException {
        return advanced(buffer, receive(MemorySegment.ofBuffer(buffer), info));
    }

    /**
     * Receives into a buffer from its position on, as {@link #tryReceive(MemorySegment,
     * MessageInfo)}; its position moves by the message's length.
     *
     * @param buffer with at least {@link #messageSize()} bytes remaining
     * @param info is told the priority
     * @return the message's length, which may be 0, or {@link Ipc#WOULD_BLOCK}
     * @throws IpcException when it fails; nothing was received
     */
    public int tryReceive(ByteBuffer buffer, MessageInfo info) throws IpcException {
        return advanced(buffer, tryReceive(MemorySegment.ofBuffer(buffer), info));
    }

    /**
     * Receives into a buffer from its position on, as {@link #receive(MemorySegment)}; its position
     * moves by the message's length.
     *
     * @param buffer with at least {@link #messageSize()} bytes remaining
     * @return the message's length, which may be 0
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException when it fails; nothing was received
     */
    public int receive(ByteBuffer buffer) throws IpcException, InterruptedException {
        return advanced(buffer, receive(MemorySegment.ofBuffer(buffer)));
    }

    /**
     * Receives into an array, as {@link #receive(MemorySegment)}.
     *
     * @param buffer of at least {@link #messageSize()} bytes
     * @return the message's length, which may be 0
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException when it fails; nothing was received
     */
    public int receive(byte[] buffer) throws IpcException, InterruptedException {
        checkReceive(buffer.length, false);
        return queue.receive(buffer, null, Deadline.NEVER);
    }

    /**
     * Receives into an array, as {@link #receive(MemorySegment, MessageInfo, Duration)}.
     *
     * @param buffer of at least {@link #messageSize()} bytes
     * @param info is told the priority
     * @param timeout how long to wait; zero or negative does not wait
     * @return the message's length, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException when it fails; nothing was received
     */
    public int receive(byte[] buffer, MessageInfo info, Duration timeout)
            throws IpcException, InterruptedException {
        checkReceive(buffer.length, false);
        return queue.receive(buffer, info, Deadline.after(timeout));
    }

    /**
     * Receives into an array, as {@link #receive(MemorySegment, MessageInfo)}.
     *
     * @param buffer of at least {@link #messageSize()} bytes
     * @param info is told the priority
     * @return the message's length, which may be 0
     * @throws InterruptedException when the thread is interrupted; nothing was received
     * @throws IpcException when it fails; nothing was received
     */
    public int receive(byte[] buffer, MessageInfo info) throws IpcException, InterruptedException {
        checkReceive(buffer.length, false);
        return queue.receive(buffer, info, Deadline.NEVER);
    }

    /**
     * Receives into an array, as {@link #tryReceive(MemorySegment, MessageInfo)}.
     *
     * @param buffer of at least {@link #messageSize()} bytes
     * @param info is told the priority
     * @return the message's length, which may be 0, or {@link Ipc#WOULD_BLOCK}
     * @throws IpcException when it fails; nothing was received
     */
    public int tryReceive(byte[] buffer, MessageInfo info) throws IpcException {
        checkReceive(buffer.length, false);
        try {
            return queue.receive(buffer, info, Deadline.NOW);
        } catch (InterruptedException e) {
            throw impossible(e);
        }
    }

    /** {@return the name it was opened by, which may have been unlinked since} */
    public String name() {
        return queue.name();
    }

    /** {@return what this handle is for} */
    public OpenMode mode() {
        return queue.mode();
    }

    /** {@return the most messages the queue holds} */
    public int depth() {
        return queue.depth();
    }

    /** {@return the longest message in bytes, and so the smallest buffer to receive into} */
    public int messageSize() {
        return queue.messageSize();
    }

    /**
     * {@return messages in the queue now} Does not block.
     *
     * @throws IpcException when the handle is closed
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_getattr.3.html">mq_getattr(3)</a>
     */
    public int size() throws IpcException {
        return queue.size();
    }

    /**
     * {@return depth, message size and the number of messages now} Does not block.
     *
     * @throws IpcException when the handle is closed
     */
    public MessageQueueAttributes attributes() throws IpcException {
        return new MessageQueueAttributes(depth(), messageSize(), size());
    }

    /**
     * Calls back when there are messages, through the poller of the process; see {@link
     * #onMessage(Poller, Runnable)}.
     *
     * @param handler called in the poller's thread
     * @return closing it ends the calls
     * @throws IpcException when it fails
     */
    public Poller.Registration onMessage(Runnable handler) throws IpcException {
        return onMessage(Poller.shared(), handler);
    }

    /**
     * Calls back when there are messages in the queue, and again as long as there are: no message
     * is missed, and the handler need not take all. It takes them with {@code tryReceive}, until
     * {@link Ipc#WOULD_BLOCK}: another receiver may have been faster.
     *
     * <p>This is not {@code mq_notify}: of that the system allows one registration for each queue,
     * in all processes together. This works beside it, any number of times.
     *
     * @param poller whose thread calls
     * @param handler must not wait; one that throws is reported and ended
     * @return closing it ends the calls; so does closing the queue's handle
     * @throws IllegalStateException when the handle is not for receiving
     * @throws io.chagres.ClosedException when the handle or the poller is closed
     * @throws IpcException when it fails
     */
    public Poller.Registration onMessage(Poller poller, Runnable handler) throws IpcException {
        if (!mode().reads()) {
            throw new IllegalStateException(name() + " is open for sending only");
        }
        Objects.requireNonNull(handler, "handler");
        return queue.onMessage(poller, ready -> handler.run());
    }

    @Override
    public BorrowedDescriptor borrow() throws IpcException {
        return queue.borrow();
    }

    /**
     * Gives the descriptor to the caller, who must close it. The handle is closed by that. Does not
     * block.
     *
     * @return the descriptor
     * @throws IllegalStateException when other calls are inside
     * @throws io.chagres.ClosedException when the handle is closed
     * @throws IpcException never else
     */
    public int detach() throws IpcException {
        return queue.detach();
    }

    /**
     * Closes the handle; the queue, its name and its messages stay. Calls that wait inside end with
     * {@link io.chagres.ClosedException}, and so do later ones. Idempotent. Waits a quarter of a
     * second at most for calls inside to end; the last of them closes the descriptor.
     *
     * @throws IpcException never, if the descriptor was not closed by somebody else
     */
    @Override
    public void close() throws IpcException {
        queue.close();
    }

    /** Name, depth and message size. */
    @Override
    public String toString() {
        return "MessageQueue[" + name() + ", " + depth() + " x " + messageSize() + " bytes]";
    }

    private static MessageQueueOpener.Creation creation(MessageQueueOptions options) {
        return new MessageQueueOpener.Creation(
                options.depth(),
                options.messageSize(),
                options.access().mode(),
                options.unlinkOnExit());
    }

    private int receive(MemorySegment buffer, @Nullable MessageInfo info, long deadline)
            throws IpcException, InterruptedException {
        checkReceive(buffer.byteSize(), buffer.isReadOnly());
        return queue.receive(buffer, info, deadline);
    }

    private void checkReceive(long size, boolean readOnly) {
        if (!mode().reads()) {
            throw new IllegalStateException(name() + " is open for sending only");
        }
        if (readOnly) {
            throw new IllegalArgumentException("the buffer is read-only");
        }
        if (size < messageSize()) {
            throw new IllegalArgumentException(
                    "a buffer of "
                            + size
                            + " bytes is too small for messages of up to "
                            + messageSize());
        }
    }

    private void checkSend(long length, int priority) {
        if (!mode().writes()) {
            throw new IllegalStateException(name() + " is open for receiving only");
        }
        if (priority < 0 || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException(
                    "priority " + priority + " is not between 0 and " + MAX_PRIORITY);
        }
        if (length > messageSize()) {
            throw new IllegalArgumentException(
                    "a message of "
                            + length
                            + " bytes is longer than the queue's "
                            + messageSize());
        }
    }

    private static AssertionError impossible(InterruptedException e) {
        return new AssertionError("what does not wait cannot be interrupted", e);
    }

    private static int advanced(ByteBuffer buffer, int length) {
        if (length > 0) {
            buffer.position(buffer.position() + length);
        }
        return length;
    }
}
