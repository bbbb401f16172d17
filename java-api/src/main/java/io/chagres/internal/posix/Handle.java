// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.internal.HandleState;
import io.chagres.internal.LeakReports;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What every open object shares: its name, who is inside, and its end. Thread-safe.
 *
 * <p>Closing is: nobody gets in any more, those that wait are woken, and whoever leaves last
 * releases what the operating system gave. So a descriptor's number is never used after it was
 * freed.
 */
abstract class Handle {

    /** How long a close waits for the callers that it has woken, and the steps of that. */
    private static final long DRAIN_NANOS = 250_000_000L;

    private static final long DRAIN_STEP_NANOS = 50_000L;

    private final String name;
    private final HandleState state = new HandleState();
    private final LeakReports.Ticket ticket;

    /**
     * That of the thread that was the last to make one here, which mostly is the next one too:
     * after a system call, looking it up by the thread takes longer than all else.
     */
    private @Nullable BlockingCall recentCall;

    /** The object was given back, or away. */
    private volatile boolean ended;

    /**
     * @param kind of the handle, for reports
     * @param name of the object, for errors
     */
    Handle(String kind, String name) {
        this.name = name;
        this.ticket = LeakReports.watch(this, kind + " " + name);
    }

    /** The name that errors have. */
    final String name() {
        return name;
    }

    /** Of whichever thread; its thread is final, so a race can show no other. */
    final @Nullable BlockingCall recentCall() {
        return recentCall;
    }

    /** Remembers it. */
    final void recentCall(BlockingCall call) {
        recentCall = call;
    }

    /** Enters; {@link #leave} must follow. */
    final void enter(String operation) throws ClosedException {
        if (!state.enter()) {
            throw closed(operation);
        }
    }

    final void leave() throws IpcException {
        if (state.leave()) {
            end();
        }
    }

    final boolean isClosing() {
        return state.isClosing();
    }

    final ClosedException closed(String operation) {
        return new ClosedException(operation, name);
    }

    /**
     * Idempotent. Wakes the callers that wait, and gives all of them a moment to leave, so that
     * normally everything is over when it returns.
     */
    final void close() throws IpcException {
        if (state.close()) {
            end();
        } else if (!ended) {
            wakeParked();
            Kicker.hurry();
            awaitDrained();
        }
    }

    /**
     * Gives the object away: nobody gets in any more, and it is not released.
     *
     * @throws IllegalStateException when calls are inside
     */
    final void detach(String operation) throws ClosedException {
        if (!state.detach()) {
            if (isClosing()) {
                throw closed(operation);
            }
            throw new IllegalStateException(name + " is in use by other calls");
        }
        ended = true;
        ticket.close();
        forget();
    }

    /** Wakes the virtual threads that are parked on this handle. */
    abstract void wakeParked();

    /** Ends all that watches the object, which itself stays. Nobody is inside. */
    abstract void forget();

    /** Gives the object back to the operating system. Nobody is inside. */
    abstract void release() throws IpcException;

    /** The exception for a failed call. */
    IpcException failure(String operation, int result) {
        return PosixErrors.exception(operation, name, result);
    }

    /**
     * Parks the calling virtual thread until the operation of a call has a chance to succeed.
     *
     * @return false at the call's deadline
     */
    abstract boolean park(BlockingCall call) throws IpcException, InterruptedException;

    /** A call that was parked in a direction is over: the next one has its turn. */
    abstract void passOn(int direction);

    /** Blocks the calling platform thread likewise, in the system; a signal ends it early. */
    abstract void block(BlockingCall call) throws IpcException;

    private void end() throws IpcException {
        try {
            ticket.close();
            forget();
            release();
        } finally {
            ended = true;
        }
    }

    private void awaitDrained() {
        long start = System.nanoTime();
        while (!ended // rather than empty: the last one out has yet to give the object back
                && System.nanoTime() - start < DRAIN_NANOS
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, DRAIN_STEP_NANOS);
        }
    }
}
