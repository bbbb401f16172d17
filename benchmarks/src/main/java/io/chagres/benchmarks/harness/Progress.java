// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Says on standard error what is done and how long the rest will take, about. */
public final class Progress {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final PrintWriter out;

    /** Whether a line can be written over. */
    private final boolean terminal;

    private final long begin = System.nanoTime();
    private double expected;
    private double done;
    private String what = "";

    /**
     * Of nothing yet.
     *
     * @param out where it goes
     * @param terminal whether a line can be written over
     */
    public Progress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** There is more to be done, which takes about so long. */
    public void expect(double seconds) {
        expected += seconds;
    }

    /** Something else begins. */
    public void begin(String what) {
        if (terminal || !group(what).equals(group(this.what))) {
            this.what = what;
            show();
        }
    }

    /** In a file a line for each group is enough. */
    private static String group(String what) {
        return what.split(":", 2)[0];
    }

    /** Something is done that was expected to take so long. */
    public void done(double seconds) {
        done += seconds;
        if (terminal) {
            show();
        }
    }

    private void show() {
        double elapsed = (System.nanoTime() - begin) / (double) NANOS_PER_SECOND;
        // The estimate is as wrong for the rest as it was so far; at first it is all there is.
        double slowness = done > expected / 20 ? elapsed / done : 1;
        Duration left = Duration.ofSeconds((long) (Math.max(0, expected - done) * slowness));
        String line =
                String.format(
                        Locale.ROOT,
                        "[%3.0f %%] about %d:%02d min left: %s",
                        expected == 0 ? 0 : Math.min(99, 100 * done / expected),
                        left.toMinutes(),
                        left.toSecondsPart(),
                        what);
        out.print(terminal ? "\r\033[K" + line : line + System.lineSeparator());
        out.flush();
    }

    /** Nothing more is said. */
    public void end() {
        if (terminal) {
            out.print("\r\033[K");
            out.flush();
        }
    }
}
