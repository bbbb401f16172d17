// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.foreign.Lent;
import io.chagres.internal.Deadline;
import io.chagres.internal.JfrEvents;
import io.chagres.posix.CallState;
import io.chagres.posix.Errno;
import io.chagres.posix.Unistd;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the current thread that may wait: the one place that decides how, and what to do
 * after a call has failed. One is lent to each thread, so that nothing is allocated.
 *
 * <pre>{@code
 * BlockingCall call = BlockingCall.enter(handle, "read", READ, deadline);
 * try {
 *     long result;
 *     do {
 *         result = call.mayBlock() ? read(...) : readWithoutBlocking(...);
 *     } while (result < 0 && call.again(result));
 *     ...
 * } finally {
 *     call.leave();
 * }
 * }</pre>
 *
 * <p>A platform thread blocks in the system call itself. While it may, its {@link #phase} is {@code
 * IN}, and the {@link Kicker} ends the call with a signal if the handle is closed or the thread
 * interrupted. A kick that comes between the state and the system call is lost, so the kicker
 * repeats it until the thread has left. {@code KICKING} holds the thread back while it is being
 * signalled, so that no other call of it can be hit.
 *
 * <p>A virtual thread would hold its carrier in a system call: it tries without blocking, and parks
 * where that cannot succeed.
 */
final class BlockingCall {

    /** Directions to wait in. */
    static final int READ = 0;

    static final int WRITE = 1;

    private static final int OUT = 0;
    private static final int IN = 1;
    private static final int KICKING = 2;

    /**
     * How long after its deadline a call is kicked. It ends by itself before, unless it has no
     * timeout or one of the wall clock, which somebody has set back.
     */
    private static final long GRACE_NANOS = 2_000_000L;

    private static final Lent<BlockingCall> LENT = new Lent<>(BlockingCall::new);

    private final CallArguments arguments = new CallArguments();
    private final CallState state = new CallState();

    /** Null if virtual threads borrow this. */
    private final @Nullable Thread thread;

    private final int tid;

    private final AtomicInteger phase = new AtomicInteger(OUT);

    // Written by the owner before IN, and read by the kicker in KICKING.
    private @Nullable Handle handle;
    private long kickAt = Deadline.NEVER;

    private String operation = "";
    private int direction;
    private long deadline;
    private boolean woken;

    /** Whether the kicker knows of this, which it need not before the first wait. */
    private boolean watched;

    private JfrEvents.@Nullable Wait event;

    private BlockingCall() {
        Thread current = Thread.currentThread();
        if (current.isVirtual()) {
            thread = null;
            tid = 0;
        } else {
            thread = current;
            tid = Unistd.gettid();
            WakeSignal.unblockInThisThread();
        }
    }

    /**
     * Begins; {@link #leave} must follow.
     *
     * @param handle to work on
     * @param operation the C function, for errors
     * @param direction {@link #READ} or {@link #WRITE}
     * @param deadline {@link Deadline#NOW} for a try, which cannot be interrupted
     */
    static BlockingCall enter(Handle handle, String operation, int direction, long deadline)
            throws IpcException, InterruptedException {
        if (deadline != Deadline.NOW && Thread.interrupted()) {
            throw new InterruptedException(operation + " " + handle.name());
        }
        BlockingCall call = ofThisThread(handle);
        handle.enter(operation);
        call.handle = handle;
        call.operation = operation;
        call.direction = direction;
        call.deadline = deadline;
        if (deadline != Deadline.NOW) {
            call.beginToWait(handle);
        }
        return call;
    }

    @SuppressWarnings("ReferenceEquality") // a thread is itself
    private static BlockingCall ofThisThread(Handle handle) {
        BlockingCall recent = handle.recentCall();
        if (recent != null && recent.thread == Thread.currentThread()) {
            return recent;
        }
        BlockingCall own = LENT.borrow();
        if (own.thread != null) {
            handle.recentCall(own);
        }
        return own;
    }

    private void beginToWait(Handle handle) throws IpcException {
        boolean begun = false;
        try {
            event = JfrEvents.beginWait();
            if (thread != null) {
                if (!watched) {
                    Kicker.add(this);
                    watched = true;
                }
                kickAt = deadline == Deadline.NEVER ? deadline : deadline + GRACE_NANOS;
                phase.set(IN);
                Kicker.notice();
            }
            if (handle.isClosing()) { // which need not wait for a kick
                throw handle.closed(operation);
            }
            begun = true;
        } catch (OutOfMemoryError e) {
            throw PosixErrors.noThread(operation, handle.name(), e);
        } finally {
            if (!begun) {
                leave();
            }
        }
    }

    /** Ends what {@link #enter} began. */
    void leave() throws IpcException {
        Handle left = handle();
        if (deadline != Deadline.NOW) {
            if (thread != null) {
                while (phase.get() != OUT && !phase.compareAndSet(IN, OUT)) {
                    Thread.onSpinWait(); // for the length of one tgkill
                }
            } else if (woken) {
                woken = false;
                left.passOn(direction);
            }
            if (event != null) {
                event.end(operation, left.name());
                event = null;
            }
        }
        handle = null;
        if (thread == null) {
            LENT.giveBack(this);
        }
        left.leave();
    }

    /** Whether the system call may block: it is a platform thread's, and not a try. */
    boolean mayBlock() {
        return thread != null && deadline != Deadline.NOW;
    }

    /** Whether the system call may block, and has no deadline. */
    boolean blocksWithoutEnd() {
        return thread != null && deadline == Deadline.NEVER;
    }

    /** Whether it must not wait at all. */
    boolean isTry() {
        return deadline == Deadline.NOW;
    }

    /** Whether a virtual thread makes it. */
    boolean isVirtual() {
        return thread == null;
    }

    long deadline() {
        return deadline;
    }

    int direction() {
        return direction;
    }

    String operation() {
        return operation;
    }

    /** Where a system call leaves its errno, of this thread until {@link #leave}. */
    CallState state() {
        return state;
    }

    /** The structs that system calls take, of this thread until {@link #leave}. */
    CallArguments arguments() {
        return arguments;
    }

    /**
     * What to do after a failed call: after a signal, or when it might succeed now, the same again.
     *
     * @param result the negated errno
     * @return false when the deadline has passed, or at once for a try that would have blocked
     * @throws IpcException when it failed for good, or the handle is closing
     */
    boolean again(long result) throws IpcException, InterruptedException {
        int errno = (int) -result;
        if (errno == Errno.EAGAIN || errno == Errno.ETIMEDOUT) {
            return deadline != Deadline.NOW && awaitChance(errno);
        }
        if (errno == Errno.EINTR) {
            return mayGoOn();
        }
        throw handle().failure(operation, (int) result);
    }

    /** Of a call that is over: what an operation returns that may not have waited long enough. */
    long outcome(long result) {
        if (result < 0) {
            return deadline == Deadline.NOW ? Ipc.WOULD_BLOCK : Ipc.TIMED_OUT;
        }
        return result;
    }

    private boolean awaitChance(int errno) throws IpcException, InterruptedException {
        if (!mayGoOn()) {
            return false;
        }
        if (thread == null) {
            woken = true; // the next one is passed what this one may leave
            return handle().park(this);
        }
        if (errno == Errno.EAGAIN) { // ETIMEDOUT has waited already
            handle().block(this);
        }
        return mayGoOn();
    }

    /** Neither closed nor interrupted, which are thrown, nor too late. */
    boolean mayGoOn() throws IpcException, InterruptedException {
        if (handle().isClosing()) {
            throw handle().closed(operation);
        }
        if (deadline == Deadline.NOW) {
            return true;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException(operation + " " + handle().name());
        }
        return Deadline.remainingNanos(deadline) > 0;
    }

    private Handle handle() {
        Handle present = handle;
        if (present == null) {
            throw new IllegalStateException("outside of a call");
        }
        return present;
    }

    // ---- the kicker's side

    /** Whether the thread has ended, and with it this. */
    boolean isOver() {
        return thread != null && !thread.isAlive();
    }

    boolean isIn() {
        return phase.get() != OUT;
    }

    /** Nanoseconds until the call is to be kicked for its deadline; only a hint. */
    long nanosUntilKick() {
        return Deadline.remainingNanos(kickAt);
    }

    /** Signals the thread if it is inside a call that must end; false when it need not. */
    boolean kickIfDue() {
        if (!phase.compareAndSet(IN, KICKING)) {
            return false;
        }
        try {
            if (!isDue()) {
                return false;
            }
            WakeSignal.send(tid);
            return true;
        } finally {
            phase.set(IN);
        }
    }

    private boolean isDue() {
        Handle present = handle;
        return (present != null && present.isClosing())
                || (thread != null && thread.isInterrupted())
                || Deadline.remainingNanos(kickAt) <= 0;
    }
}
