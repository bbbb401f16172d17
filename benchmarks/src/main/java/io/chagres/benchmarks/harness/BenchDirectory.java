// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The folder of everything that has a path. What a run has left that was killed is removed by the
 * next one.
 */
public final class BenchDirectory implements AutoCloseable {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "chagres-bench-";

    private final Path path;
    private int names;

    /** Makes it, for this user alone; in memory where the system has such a place. */
    public BenchDirectory() throws IOException {
        this(Files.isWritable(MEMORY) ? MEMORY : temporary());
    }

    /** One that is not in memory, for what is long; not while there is another. */
    public static BenchDirectory onDisk() throws IOException {
        return new BenchDirectory(temporary());
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private BenchDirectory(Path parent) throws IOException {
        removeLeftOvers(parent);
        path =
                Files.createDirectory(
                        parent.resolve(PREFIX + ProcessHandle.current().pid()),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
    }

    /** Where it is; its last part begins POSIX names too. */
    public Path path() {
        return path;
    }

    /** A path that was not given before; its last part begins POSIX names too. */
    Path newName() {
        return path.resolve(path.getFileName() + "-" + ++names);
    }

    private static void removeLeftOvers(Path parent) throws IOException {
        PosixNames.remove(PREFIX, BenchDirectory::isOfOneThatIsGone);
        String me = System.getProperty("user.name");
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path path : found) {
                String rest = path.getFileName().toString().substring(PREFIX.length());
                if (isOfOneThatIsGone(rest)
                        && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(path).getName().equals(me)) {
                    remove(path);
                }
            }
        }
    }

    /**
     * What a name has after the prefix: the number of a process, which may be this one's, and then
     * was an earlier one's.
     */
    private static boolean isOfOneThatIsGone(String rest) {
        String pid = rest.split("-", 2)[0];
        return pid.matches("\\d{1,9}") && (!Files.exists(Path.of("/proc", pid)) || isMine(pid));
    }

    private static boolean isMine(String pid) {
        return Long.parseLong(pid) == ProcessHandle.current().pid();
    }

    /** As much as there is: an end that is about to end may remove its files at the same time. */
    private static void remove(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // the next run removes the rest
        }
    }

    @Override
    public void close() {
        remove(path);
        // of ends that were killed
        PosixNames.remove(PREFIX, rest -> isMine(rest.split("-", 2)[0]));
    }
}
