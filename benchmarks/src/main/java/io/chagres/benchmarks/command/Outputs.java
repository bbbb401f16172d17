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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
        List<Path> wanted = Stream.of(json, report, markdown).filter(Objects::nonNull).toList();
        Set<Path> different = new HashSet<>();
        for (Path path : wanted) {
            if (!different.add(path.toAbsolutePath().normalize())) {
                throw new IOException("two of the results would go to " + path);
            }
            boolean existed = Files.exists(path);
            try {
                Files.newOutputStream(path, KEEP).close();
                if (!existed) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new IOException("cannot write " + path + reason(e), e);
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

    /**
     * Writes all that can be written.
     *
     * @throws IOException naming those that could not
     */
    void write(Report result) throws IOException {
        List<String> failures = new ArrayList<>();
        write(json, () -> Json.of(result) + "\n", failures);
        write(report, () -> HtmlReport.of(result), failures);
        write(markdown, () -> PerformancePage.of(result), failures);
        if (!failures.isEmpty()) {
            throw new IOException(String.join("; ", failures));
        }
    }

    /** What a file had stays until the new content is whole; what is no file is written to. */
    private static void write(@Nullable Path path, Content content, List<String> failures) {
        if (path == null) {
            return;
        }
        Path file = path.toAbsolutePath();
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.writeString(file, content.text());
                return;
            }
            try {
                Files.writeString(next, content.text());
                Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException e) {
            String reason = reason(e).isEmpty() ? ": " + e.getMessage() : reason(e);
            failures.add("cannot write " + path + reason);
        }
    }

    private interface Content {
        String text() throws IOException;
    }
}
