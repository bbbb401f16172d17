// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import io.chagres.benchmarks.results.CallCost;
import io.chagres.benchmarks.results.CallTarget;
import io.chagres.benchmarks.results.StartUpCost;
import io.chagres.benchmarks.results.Verdict;
import java.util.List;

/** Calls and start-up of a report; the numbers are made up. */
final class SampleParts {

    static final List<CallCost> CALLS =
            List.of(
                    new CallCost("labs", "C", 1.93, 0.02, 8, null),
                    new CallCost("labs", "linker", 6.61, 0.05, 8, 0.0),
                    new CallCost("posix-mq, created and gone", "facade", 23_456.7, null, 1, 812.5));
    static final List<CallTarget> CALL_TARGETS =
            List.of(
                    new CallTarget(
                            "labs: linker to JNI",
                            "1.012 (1.003 to 1.021)",
                            "<= 1.050",
                            Verdict.MET),
                    new CallTarget(
                            "labs: a critical call",
                            "3.10 ns (3.02 ns to 3.31 ns)",
                            "<= 2.50 ns",
                            Verdict.MISSED),
                    new CallTarget(
                            "posix-sem, released and acquired: facade to call layer",
                            "1.031 (1.021 to 1.043)",
                            "<= 1.030",
                            Verdict.UNDECIDED));
    static final List<StartUpCost> START_UP =
            List.of(
                    new StartUpCost(
                            "the JDK's linker and getpid", 3.1, 3.0, 3.2, 21, null, Verdict.NONE),
                    new StartUpCost("one message", 4.5, 4.4, 4.7, 21, 2.0, Verdict.MISSED),
                    new StartUpCost(
                            "one message, AOT cache", 1.4, 1.35, 1.6, 21, 1.5, Verdict.UNDECIDED));

    private SampleParts() {}
}
