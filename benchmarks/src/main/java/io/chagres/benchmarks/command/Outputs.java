// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.command;

import io.chagres.benchmarks.report.HtmlReport;
import io.chagres.benchmarks.report.PerformancePage;
import io.chagres.benchmarks.results.Report;
import io.chagres.cli.Json;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that results go to.
 *
 * @param json for programs; null if not wanted
 * @param report a page for people; null if not wanted
 * @param markdown a document; null if not wanted
 */
record Outputs(@Nullable Path json, @Nullable Path report, @Nullable Path markdown) {

    private static final OpenOption[] KEEP = {StandardOpenOption.CREATE, StandardOpenOption.WRITE};

    /** Throws if one cannot be written, before hours are spent; what a file has is kept so far. */
    void check() throws IOException {
        for (Path path : Stream.of(json, report, markdown).toList()) {
            if (path != null) {
                try {
                    Files.newOutputStream(path, KEEP).close();
                } catch (IOException e) {
                    throw new IOException("cannot write " + path + reason(e), e);
                }
            }
        }
    }

    /** Not every kind of exception says more than the path. */
    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return ": its folder does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return ": permission denied";
        }
        return e instanceof FileSystemException f && f.getReason() != null
                ? ": " + f.getReason()
                : "";
    }

    void write(Report result) throws IOException {
        if (json != null) {
            Files.writeString(json, Json.of(result) + "\n");
        }
        if (report != null) {
            Files.writeString(report, HtmlReport.of(result));
        }
        if (markdown != null) {
            Files.writeString(markdown, PerformancePage.of(result));
        }
    }
}
