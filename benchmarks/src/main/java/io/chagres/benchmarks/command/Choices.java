// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What an option can be, which an unknown value is answered by. */
abstract class Choices extends ArrayList<String> {

    private static final long serialVersionUID = 1L;

    private final String what;

    Choices(String what, Stream<String> ids) {
        super(ids.toList());
        this.what = what;
    }

    /** Throws what picocli answers wrong usage by, if one of the values is none of these. */
    final void require(List<String> values, CommandLine command) {
        for (String value : values) {
            if (!contains(value)) {
                throw new ParameterException(
                        command,
                        "unknown " + what + " '" + value + "'; known: " + String.join(", ", this));
            }
        }
    }
}
