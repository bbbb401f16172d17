// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.roundtrip;

import java.util.List;

/** What is measured, and how much slower than C it may be. */
record Candidate(String id, double target, String namePrefix, EndMaker maker) {

    /** A new mechanism: its {@link End}, a line here, and a line in {@code roundtrip.c}. */
    static final List<Candidate> ALL =
            List.of(
                    new Candidate("anonymous-pipe", 1.15, "", AnonymousPipeEnd::new),
                    new Candidate(
                            "fifo", 1.15, System.getProperty("java.io.tmpdir") + "/", FifoEnd::new),
                    new Candidate("posix-mq", 1.15, "/", PosixMqEnd::new),
                    new Candidate("posix-sem", 1.20, "/", PosixSemEnd::new));

    /** The constructor of an {@link End}. */
    interface EndMaker {

        /**
         * Makes an end, and nothing in the system yet.
         *
         * @param name the prefix of the names for the driver, its {@link End#peerName} for the echo
         * @param driver which end it is
         */
        End make(String name, boolean driver);
    }

    static Candidate of(String id) {
        return ALL.stream()
                .filter(m -> m.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no mechanism " + id));
    }
}
