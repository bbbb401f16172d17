// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reports handles that became unreachable without having been closed, with where they were opened:
 * to the logger {@code io.chagres} and as a JFR event. They are not closed: another owner of the
 * same descriptor may use it still.
 */
public final class LeakReports {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final int FRAMES = 5;
    private static final String OURS = "io.chagres.internal.";

    private LeakReports() {}

    /** What a handle keeps, to say that it was closed. */
    public static final class Ticket implements Runnable {

        private final String what;

        /** Where: becomes text only in a report. */
        private final Throwable opened;

        private final AtomicBoolean done = new AtomicBoolean();
        private Cleaner.@Nullable Cleanable cleanable;

        private Ticket(String what, Throwable opened) {
            this.what = what;
            this.opened = opened;
        }

        /** Nothing will be reported. Idempotent. */
        public void close() {
            if (done.compareAndSet(false, true) && cleanable != null) {
                cleanable.clean(); // takes it off the cleaner's list; run() sees that it is done
            }
        }

        /** For the cleaner. */
        @Override
        public void run() {
            if (done.compareAndSet(false, true)) {
                String callers = callers(opened);
                System.getLogger("io.chagres")
                        .log(Level.WARNING, "{0} was never closed; opened at {1}", what, callers);
                JfrEvents.leak(what, callers);
            }
        }
    }

    /**
     * Watches a handle.
     *
     * @param handle that must be closed
     * @param what it is, for the report
     */
    public static Ticket watch(Object handle, String what) {
        Ticket ticket = new Ticket(what, new Throwable(what));
        ticket.cleanable = CLEANER.register(handle, ticket);
        return ticket;
    }

    private static String callers(Throwable opened) {
        return Arrays.stream(opened.getStackTrace())
                .dropWhile(frame -> frame.getClassName().startsWith(OURS))
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
    }
}
