// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.Ipc;
import io.chagres.Mechanism;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A method that JMH measures in a JVM of its own.
 *
 * @param benchmark what is done
 * @param name how
 * @param type that has the method
 * @param method annotated with {@code @Benchmark}
 * @param needs the mechanism that it is about, if any
 * @param judged whether there is a target for it
 */
record JmhContender(
        String benchmark,
        String name,
        Class<?> type,
        String method,
        @Nullable Mechanism needs,
        boolean judged)
        implements CallContender {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** Several, for a method is compiled as a whole only when it is called again. */
    private static final int WARM_UPS = 5;

    /** For what is much code, as opening is. */
    private static final int LONG_WARM_UPS = 6;

    private static final int WARM_UP_MILLIS = 100;

    /** Of its JVM, to start and to end. */
    private static final int JVM_MILLIS = 500;

    @Override
    public boolean isJudged() {
        return judged;
    }

    @Override
    public Optional<String> whyNot() {
        if (name.equals(CallContenders.JNI)) {
            return Baselines.whyMissing(Baselines.jni());
        }
        return needs == null ? Optional.empty() : Ipc.whyUnsupported(needs);
    }

    @Override
    public double seconds(CallEffort effort) {
        return effort.seconds(JVM_MILLIS + warmUps() * WARM_UP_MILLIS);
    }

    private int warmUps() {
        return judged ? WARM_UPS : LONG_WARM_UPS;
    }

    @Override
    public CallRound measure(CallEffort effort) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Collection<RunResult> results;
        try {
            results = new Runner(options(effort), silence(output)).run();
        } catch (RunnerException e) {
            throw new IOException(reason(e, output.toString(StandardCharsets.UTF_8)), e);
        }
        return best(results);
    }

    private static CallRound best(Collection<RunResult> results) {
        List<Double> nanos = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        results.stream()
                .flatMap(run -> run.getBenchmarkResults().stream())
                .flatMap(jvm -> jvm.getIterationResults().stream())
                .forEach(
                        iteration -> {
                            nanos.add(iteration.getPrimaryResult().getScore());
                            Result<?> allocated = iteration.getSecondaryResults().get(ALLOCATED);
                            if (allocated != null) {
                                bytes.add(allocated.getScore());
                            }
                        });
        return CallRound.of(nanos, bytes);
    }

    /** Silent or not, it prints what its JVM prints. */
    private static OutputFormat silence(OutputStream output) {
        PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        return OutputFormatFactory.createFormatInstance(stream, VerboseMode.SILENT);
    }

    private Options options(CallEffort effort) {
        return new OptionsBuilder()
                .include("^" + Pattern.quote(type.getName() + "." + method) + "$")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .threads(1)
                .warmupIterations(warmUps())
                .warmupTime(TimeValue.milliseconds(WARM_UP_MILLIS))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.milliseconds(CallEffort.MILLIS))
                // Instead of this JVM's own options, which would be measured too.
                .jvmArgs(
                        "--enable-native-access=ALL-UNNAMED",
                        // JMH's own need from JDK 23 on; older ones pass over it.
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-D"
                                + Baselines.PROPERTY
                                + "="
                                + System.getProperty(Baselines.PROPERTY, ""))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    /**
     * JMH keeps what its JVM has thrown among the suppressed; without that, what it printed tells.
     */
    private static String reason(RunnerException failure, String output) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        Throwable[] suppressed = cause.getSuppressed();
        return suppressed.length > 0 ? suppressed[0].toString() : cause + " " + output.strip();
    }
}
