// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.benchmarks.results.Report;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("unit")
class PerformancePageTest {

    private static final int WIDTH = 120;

    /** A bar with an even number of backslashes before it ends a cell. */
    private static final Pattern CELLS = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\|");

    static Stream<Report> reports() {
        return Stream.of(
                SampleReports.quick(),
                SampleReports.full(),
                SampleReports.everything(),
                SampleReports.withoutExchanges(),
                SampleReports.empty(),
                SampleReports.oneRow());
    }

    @ParameterizedTest
    @MethodSource("reports")
    void theDocumentIsFormattedAsTheOthersAre(Report report) {
        String page = PerformancePage.of(report);
        assertThat(page).startsWith("# Performance\n").endsWith("\n").doesNotEndWith("\n\n");
        assertThat(page).doesNotContain("\n\n\n", "\r", "\t", "{{", "null", "NaN");
        assertThat(page.lines()).noneMatch(line -> line.endsWith(" "));
        assertThat(page.lines().filter(line -> !line.startsWith("|")))
                .allMatch(line -> line.length() <= WIDTH);
    }

    @Test
    void theSameReportGivesTheSameDocument() {
        assertThat(PerformancePage.of(SampleReports.full()))
                .isEqualTo(PerformancePage.of(SampleReports.full()));
    }

    @Test
    void itSaysWhoWroteItAndHowToRepeatIt() {
        Report report = SampleReports.full();
        assertThat(PerformancePage.of(report))
                .contains("This page is written by `./chagres bench` and by nothing else")
                .contains("```\n" + report.command() + "\n```");
    }

    @Test
    void allRowsOfATableHaveTheSameNumberOfCells() {
        String text = "a|b\\|c\n```\r<!-- \u2028 `x` *y* _z_ {{run}} $1";
        for (Report report :
                List.of(
                        SampleReports.everything(),
                        SampleReports.full(),
                        SampleReports.saying(text))) {
            int columns = 0;
            for (String line : PerformancePage.of(report).split("\n", -1)) {
                int here = line.startsWith("|") ? CELLS.split(line, -1).length : 0;
                if (here > 0 && columns > 0) {
                    assertThat(here).as(line).isEqualTo(columns);
                }
                columns = here;
            }
        }
    }

    @Test
    void aRunThatWasEndedEarlySaysSo() {
        assertThat(PerformancePage.of(SampleReports.empty()))
                .contains("**The run was ended early**")
                .contains("No ratio with a target was measured.")
                .contains("Nothing was left out.");
        assertThat(PerformancePage.of(SampleReports.full())).doesNotContain("ended early");
    }

    @Test
    void thePartsThatWereMeasuredHaveChapters() {
        assertThat(PerformancePage.of(SampleReports.everything()))
                .contains("## Throughput", "## Calls", "## Start-up", "[Calls](#calls)")
                .contains("| labs | C | 1.93 ns | 0.02 ns | – |")
                .contains("| one message | 4.500 | 4.400 – 4.700 | 21 | ≤ 2 | missed |")
                .contains("| labs | JNI | – | – | libcalls.so was not compiled |");
        assertThat(PerformancePage.of(SampleReports.full())).doesNotContain("Calls", "Start-up");
        assertThat(PerformancePage.of(SampleReports.withoutExchanges()))
                .contains("## Calls")
                .doesNotContain("## Throughput");
    }

    @Test
    void theTargetsOfAllPartsAreCounted() {
        assertThat(PerformancePage.of(SampleReports.withoutExchanges()))
                .contains("Of 5 targets, **1 met**, 2 missed, 2 undecided.");
    }
}
