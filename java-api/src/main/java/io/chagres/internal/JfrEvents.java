// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * What Flight Recorder is told. While nothing records, an operation pays one read of a field, and
 * the classes of the events are not even loaded.
 */
public final class JfrEvents {

    private JfrEvents() {}

    /** A wait that is being recorded. */
    public static final class Wait {

        private final WaitEvent event = new WaitEvent();

        private Wait() {
            event.begin();
        }

        /** Ends it; it is kept if it was longer than the threshold of the recording. */
        public void end(String operation, String object) {
            event.end();
            if (event.shouldCommit()) {
                event.operation = operation;
                event.object = object;
                event.commit();
            }
        }
    }

    @Name("io.chagres.Wait")
    @Label("IPC Wait")
    @Category({"Chagres"})
    @Description("An operation that may wait, from its begin to its end")
    @Threshold("20 ms")
    static final class WaitEvent extends Event {
        @Label("Operation")
        String operation = "";

        @Label("Object")
        String object = "";

        WaitEvent() {}
    }

    /** An operation that failed. */
    @Name("io.chagres.Failure")
    @Label("IPC Failure")
    @Category({"Chagres"})
    @Description("A call of the operating system that failed and became an exception")
    static final class Failure extends Event {
        @Label("Operation")
        String operation = "";

        @Label("Object")
        String object = "";

        @Label("Error")
        String symbol = "";

        Failure() {}
    }

    /** A handle that was not closed. */
    @Name("io.chagres.Leak")
    @Label("IPC Handle Leak")
    @Category({"Chagres"})
    @Description("A handle that became unreachable without having been closed")
    @StackTrace(false)
    static final class Leak extends Event {
        @Label("Object")
        String object = "";

        @Label("Opened At")
        String opened = "";

        Leak() {}
    }

    /** Initialised with Flight Recorder, not before. */
    private static final class Types {
        static final EventType WAIT = EventType.getEventType(WaitEvent.class);

        private Types() {}
    }

    /** Begins a wait; null while nothing records waits. */
    public static @Nullable Wait beginWait() {
        return FlightRecorder.isInitialized() && Types.WAIT.isEnabled() ? new Wait() : null;
    }

    /** Records a failed call. */
    public static void failure(String operation, String object, String symbol) {
        if (FlightRecorder.isInitialized()) {
            Failure event = new Failure();
            event.operation = operation;
            event.object = object;
            event.symbol = symbol;
            event.commit();
        }
    }

    /** Records a handle that was not closed. */
    static void leak(String object, String opened) {
        if (FlightRecorder.isInitialized()) {
            Leak event = new Leak();
            event.object = object;
            event.opened = opened;
            event.commit();
        }
    }
}
