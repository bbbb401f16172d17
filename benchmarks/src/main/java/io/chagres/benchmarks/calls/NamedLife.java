// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What all that make named objects share: a name, and that a JVM which is told to end ends between
 * two iterations only, when there is no object of that name.
 */
@State(Scope.Thread)
public abstract class NamedLife {

    private static final long PATIENCE_SECONDS = 2;

    /** Held during an iteration, and by the end of the JVM for ever. */
    private final ReentrantLock running = new ReentrantLock();

    final String name = CallNames.next();
    final MemorySegment cName = Arena.global().allocateFrom(name);

    @Setup
    public void endBetweenIterations() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::awaitEndOfIteration));
    }

    @Setup(Level.Iteration)
    public void begin() {
        running.lock();
    }

    @TearDown(Level.Iteration)
    public void end() {
        running.unlock();
    }

    @SuppressWarnings({"LockNotBeforeTry", "ResultOfMethodCallIgnored"}) // the JVM ends
    private void awaitEndOfIteration() {
        try {
            running.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
