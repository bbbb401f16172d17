// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import io.chagres.Mechanism;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The mechanism ids of the command line. */
public final class Mechanisms {

    private Mechanisms() {}

    /** Ids for picocli's help and completion. */
    public abstract static class Ids extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        /**
         * @param mechanisms that an option takes
         */
        protected Ids(Stream<Mechanism> mechanisms) {
            super(mechanisms.map(Mechanism::id).toList());
        }
    }

    /** Those that {@code rm} takes. */
    static final class Named extends Ids {
        private static final long serialVersionUID = 1L;

        Named() {
            super(NamedObjects.ALL.stream().map(NamedObjects::mechanism));
        }
    }

    /** Those that {@code ls} takes. */
    static final class Listed extends Ids {
        private static final long serialVersionUID = 1L;

        Listed() {
            super(listed(NamedObjects.ALL).stream().map(ListedObjects::mechanism));
        }
    }

    /** Those of them that can be listed. */
    static List<ListedObjects> listed(List<NamedObjects> all) {
        return all.stream()
                .filter(ListedObjects.class::isInstance)
                .map(ListedObjects.class::cast)
                .toList();
    }

    /**
     * Passes ids that a command takes.
     *
     * @param ids from the command line
     * @param taken those that it takes
     * @param others what holds for the others, such as {@code has no names}
     * @param command that they were given to
     * @throws ParameterException naming the first one that it does not take, and those that it does
     */
    public static void require(
            List<String> ids, List<String> taken, String others, CommandLine command) {
        for (String id : ids) {
            if (!taken.contains(id)) {
                String what = exists(id) ? id + " " + others : "unknown mechanism '" + id + "'";
                throw new ParameterException(
                        command, what + "; one of: " + String.join(", ", taken));
            }
        }
    }

    private static boolean exists(String id) {
        return Arrays.stream(Mechanism.values()).anyMatch(m -> m.id().equals(id));
    }
}
