// SPDX-License-Identifier: Apache-2.0
package io.chagres.event;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.internal.Deadline;
import io.chagres.internal.Impossible;
import io.chagres.internal.posix.PosixEventFd;
import java.time.Duration;

/**
 * A counter in the kernel that can be waited for: who adds wakes who waits, in the same process or
 * in another that has the descriptor. It is what an event loop of another kind can watch: see
 * {@link Poller}.
 *
 * <p>As a <b>counter</b>, a take gives all that was added and leaves 0. As a <b>semaphore</b>, each
 * take gives 1 and leaves the rest. A counter at 0 is what one waits for; so a take never gives 0.
 * It holds up to 2<sup>64</sup> - 2, which Java sees as an {@linkplain Long#toUnsignedString
 * unsigned} {@code long}. An add that would be above that waits until somebody takes.
 *
 * <p>Thread-safe. A take that waits blocks its platform thread in the one system call; a virtual
 * thread parks and leaves its carrier to others. Closing the handle ends it with {@link
 * ClosedException}, an interrupt with {@link InterruptedException}, and in both cases nothing was
 * taken or added. On a platform thread nothing is allocated.
 *
 * <p>It is ready to read while it is not 0, and to write while there is room for 1.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/eventfd.2.html">eventfd(2)</a>
 */
public final class EventFd implements Pollable, AutoCloseable {

    /** The most that one can have at first: 2<sup>32</sup> - 1. */
    public static final long MAX_INITIAL = 0xffff_ffffL;

    private final PosixEventFd event;

    private EventFd(PosixEventFd event) {
        this.event = event;
    }

    /**
     * Makes a counter that is 0.
     *
     * @return the counter, close-on-exec
     * @throws IpcException as {@link #create(long)} does
     */
    public static EventFd create() throws IpcException {
        return create(0);
    }

    /**
     * Makes a counter.
     *
     * @param initial what it has at first
     * @return the counter, close-on-exec
     * @throws IllegalArgumentException when that is negative or more than {@link #MAX_INITIAL}
     * @throws io.chagres.LimitExceededException when this process can open nothing more
     * @throws UnsupportedOperationException where the platform has none
     * @throws IpcException when it fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man2/eventfd.2.html">eventfd(2)</a>
     */
    public static EventFd create(long initial) throws IpcException {
        return new EventFd(PosixEventFd.create(initial(initial), false));
    }

    /**
     * Makes a semaphore.
     *
     * @param initial what it has at first
     * @return the semaphore, close-on-exec
     * @throws IllegalArgumentException as {@link #create(long)} does
     * @throws UnsupportedOperationException where the platform has none
     * @throws IpcException as {@link #create(long)} does
     * @see <a href="https://man7.org/linux/man-pages/man2/eventfd.2.html">eventfd(2),
     *     EFD_SEMAPHORE</a>
     */
    public static EventFd createSemaphore(long initial) throws IpcException {
        return new EventFd(PosixEventFd.create(initial(initial), true));
    }

    private static int initial(long value) {
        if (value < 0 || value > MAX_INITIAL) {
            throw new IllegalArgumentException(
                    "an eventfd has 0 to " + MAX_INITIAL + " at first, and not " + value);
        }
        return (int) value;
    }

    /**
     * Takes over a descriptor of one that is open already, such as one that was passed; it stays a
     * counter or semaphore as it was made. It is made close-on-exec, and {@link #close} closes it.
     *
     * @param fd the descriptor; from now on this handle owns it
     * @return the counter
     * @throws IllegalArgumentException when the number is negative
     * @throws UnsupportedOperationException where the platform has none
     * @throws IpcException when it is no eventfd; it is left open
     */
    public static EventFd adopt(int fd) throws IpcException {
        return new EventFd(PosixEventFd.adopt(fd));
    }

    /**
     * Adds, waiting while there is no room.
     *
     * @param value what to add; 0 adds nothing
     * @throws IllegalArgumentException when it is negative
     * @throws InterruptedException when the thread is interrupted; nothing was added
     * @throws IpcException when it fails; nothing was added
     * @see <a href="https://man7.org/linux/man-pages/man2/write.2.html">write(2)</a>
     */
    public void add(long value) throws IpcException, InterruptedException {
        event.add(requireValue(value), Deadline.NEVER);
    }

    /**
     * Adds, waiting while there is no room, but not longer than a timeout.
     *
     * @param value what to add; 0 adds nothing
     * @param timeout how long to wait; zero or negative does not wait
     * @return false when there was no room all the time; nothing was added
     * @throws IllegalArgumentException when the value is negative
     * @throws InterruptedException when the thread is interrupted; nothing was added
     * @throws IpcException when it fails; nothing was added
     */
    public boolean add(long value, Duration timeout) throws IpcException, InterruptedException {
        return event.add(requireValue(value), Deadline.after(timeout));
    }

    /**
     * Adds if there is room. Does not block; the kernel has no such call, so this looks first, and
     * when others fill the last room in between, it waits until somebody takes.
     *
     * @param value what to add; 0 adds nothing
     * @return false when there is no room; nothing was added
     * @throws IllegalArgumentException when the value is negative
     * @throws IpcException when it fails; nothing was added
     */
    public boolean tryAdd(long value) throws IpcException {
        try {
            return event.add(requireValue(value), Deadline.NOW);
        } catch (InterruptedException e) {
            throw Impossible.interrupt(e);
        }
    }

    private static long requireValue(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("value " + value + " is negative");
        }
        return value;
    }

    /**
     * Takes what was added, or 1 of a semaphore, waiting until it is not 0.
     *
     * @return what was taken, unsigned and never 0
     * @throws InterruptedException when the thread is interrupted; nothing was taken
     * @throws IpcException when it fails; nothing was taken
     * @see <a href="https://man7.org/linux/man-pages/man2/read.2.html">read(2)</a>
     */
    public long take() throws IpcException, InterruptedException {
        return event.take(Deadline.NEVER);
    }

    /**
     * Takes what was added, or 1 of a semaphore, waiting until it is not 0, but not longer than a
     * timeout.
     *
     * @param timeout how long to wait; zero or negative does not wait
     * @return what was taken, unsigned; 0 when it was 0 all the time
     * @throws InterruptedException when the thread is interrupted; nothing was taken
     * @throws IpcException when it fails; nothing was taken
     */
    public long take(Duration timeout) throws IpcException, InterruptedException {
        return event.take(Deadline.after(timeout));
    }

    /**
     * Takes what there is now. Does not block.
     *
     * @return what was taken, unsigned; 0 when it is 0
     * @throws IpcException when it fails; nothing was taken
     */
    public long tryTake() throws IpcException {
        try {
            return event.take(Deadline.NOW);
        } catch (InterruptedException e) {
            throw Impossible.interrupt(e);
        }
    }

    @Override
    public BorrowedDescriptor borrow() throws IpcException {
        return event.borrow();
    }

    /**
     * Gives the descriptor to the caller, who must close it. This handle is closed.
     *
     * @return the descriptor, close-on-exec
     * @throws ClosedException when the handle is closed
     * @throws IllegalStateException when other calls are using it; nothing has changed
     * @throws IpcException when it fails
     */
    public int detach() throws IpcException {
        return event.detach();
    }

    /**
     * Closes it. Idempotent; wakes the calls that wait, which throw {@link ClosedException}.
     *
     * @throws IpcException when the system could not; it is closed all the same
     */
    @Override
    public void close() throws IpcException {
        event.close();
    }

    /** What it is. */
    @Override
    public String toString() {
        return "EventFd[" + event.name() + "]";
    }
}
