// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import java.io.IOException;
import org.HdrHistogram.Histogram;

/**
 * What a driver says of a round.
 *
 * @param nanos that it took
 * @param bytes that the measuring thread has allocated
 * @param times of single round trips; empty if they were not timed
 */
record Answer(long nanos, long bytes, Histogram times) {

    private static final int DIGITS = 3;

    /** {@code NANOS BYTES}, or {@code 0 0 NANOS:COUNT,NANOS:COUNT...} */
    static Answer of(String line) throws IOException {
        try {
            String[] words = line.split(" ", -1);
            Histogram times = new Histogram(DIGITS);
            if (words.length > 2) {
                for (String entry : words[2].split(",", -1)) {
                    int colon = entry.indexOf(':');
                    times.recordValueWithCount(
                            Long.parseLong(entry.substring(0, colon)),
                            Long.parseLong(entry.substring(colon + 1)));
                }
            }
            return new Answer(Long.parseLong(words[0]), Long.parseLong(words[1]), times);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("no numbers: " + line, e);
        }
    }
}
