// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import java.io.IOException;
import java.util.Optional;

/** One way to do what a benchmark is about. */
interface CallContender {

    /** What is done. */
    String benchmark();

    /** How. */
    String name();

    /** Whether there is a target for it. What has none is measured in fewer rounds. */
    boolean isJudged();

    /** Why it cannot take part at all. */
    Optional<String> whyNot();

    /** About how long it takes to measure it once. */
    double seconds(CallEffort effort);

    /**
     * Measures it once, in a process of its own.
     *
     * @throws IOException when that fails
     */
    CallRound measure(CallEffort effort) throws IOException, InterruptedException;
}
