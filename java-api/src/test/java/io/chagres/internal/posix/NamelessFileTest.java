// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.posix.Errno;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that gets its name when it is complete, and its maker, who is killed at each step. */
@Tag("native")
class NamelessFileTest {

    private static final long SIZE = 100_000;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final String name = TestNames.posix();
    private final Path path = Path.of(NamelessFile.DIRECTORY + name);

    @AfterEach
    void remove() throws IOException {
        Files.deleteIfExists(path);
    }

    @Test
    void aNameThatExistsIsNotTakenAndCanBeTriedAgain() throws Exception {
        Files.createFile(path);
        try (NamelessFile file = NamelessFile.create(name)) {
            file.allocate(SIZE);
            assertThat(file.publish(path.toString(), 0660)).isEqualTo(-Errno.EEXIST);
            assertThat(path).isEmptyFile();
            Files.delete(path);
            assertThat(file.publish(path.toString(), 0660)).isZero();
        }
        assertThat(path).hasSize(SIZE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void aSymbolicLinkUnderTheNameIsNotFollowed() throws Exception {
        Path target = Path.of(path + "-target");
        Files.createSymbolicLink(path, target);
        try (NamelessFile file = NamelessFile.create(name)) {
            assertThat(file.publish(path.toString(), 0600)).isEqualTo(-Errno.EEXIST);
        }
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"made, false", "allocated, false", "published, true", "closed, true"})
    @Tag("cross-process")
    void whoeverIsKilledAfterAStepLeavesAllOrNothing(String step, boolean complete)
            throws Exception {
        try (SecondProcess child = SecondProcess.java(Steps.class, name, path.toString())) {
            String done = child.readLine();
            while (!done.equals(step)) {
                child.writeLine("go on");
                done = child.readLine();
            }
            assertThat(Files.exists(path)).isEqualTo(complete);
            child.kill();
        }
        assertThat(Files.exists(path)).isEqualTo(complete);
        if (complete) {
            assertThat(path).hasSize(SIZE);
        }
    }

    /** Says what it has done, and waits, after each step. */
    static final class Steps {
        public static void main(String[] args) throws Exception {
            BufferedReader input =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            NamelessFile file = NamelessFile.create(args[0]);
            System.out.println("made");
            input.readLine();
            file.allocate(SIZE);
            System.out.println("allocated");
            input.readLine();
            file.publish(args[1], 0600);
            System.out.println("published");
            input.readLine();
            file.close();
            System.out.println("closed");
            input.readLine();
        }
    }
}
