// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import io.chagres.Mechanism;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The mechanism ids of the command line. */
public final class Mechanisms {

    private Mechanisms() {}

    /** The ids, for picocli's help and completion. */
    public static final class Ids extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        /** For picocli. */
        public Ids() {
            super(Arrays.stream(Mechanism.values()).map(Mechanism::id).toList());
        }
    }

    /**
     * Passes ids that exist.
     *
     * @param ids from the command line
     * @param command that they were given to
     * @throws ParameterException naming the first one that does not
     */
    public static void requireKnown(List<String> ids, CommandLine command) {
        List<String> known = new Ids();
        for (String id : ids) {
            if (!known.contains(id)) {
                throw new ParameterException(
                        command,
                        "unknown mechanism '" + id + "'; one of: " + String.join(", ", known));
            }
        }
    }
}
