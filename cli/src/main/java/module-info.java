// SPDX-License-Identifier: Apache-2.0

/** The {@code chagres} command. */
@SuppressWarnings("requires-automatic") // HdrHistogram names no module
module io.chagres.cli {
    requires static org.jspecify;
    requires io.chagres;
    requires info.picocli;
    requires com.fasterxml.jackson.databind;
    requires HdrHistogram;

    opens io.chagres.cli to
            info.picocli,
            com.fasterxml.jackson.databind;
    opens io.chagres.cli.check to
            info.picocli,
            com.fasterxml.jackson.databind;
}
