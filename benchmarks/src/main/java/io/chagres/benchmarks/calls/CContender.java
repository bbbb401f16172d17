// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A loop in C: {@code native/baselines/calls.c}.
 *
 * @param benchmark the function
 */
record CContender(String benchmark) implements CallContender {

    @Override
    public String name() {
        return CallContenders.C;
    }

    @Override
    public boolean isJudged() {
        return true;
    }

    @Override
    public Optional<String> whyNot() {
        return Baselines.whyMissing(Baselines.program());
    }

    @Override
    public double seconds(CallEffort effort) {
        return effort.seconds(CallEffort.MILLIS);
    }

    @Override
    public CallRound measure(CallEffort effort) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Baselines.program().toString(),
                                benchmark,
                                "1",
                                String.valueOf(effort.iterations()),
                                String.valueOf(CallEffort.MILLIS))
                        .redirectErrorStream(true)
                        .start();
        try {
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (process.waitFor() != 0) {
                throw new IOException(output.strip());
            }
            return CallRound.of(output.lines().map(Double::valueOf).toList(), List.of());
        } finally {
            process.destroyForcibly();
        }
    }
}
