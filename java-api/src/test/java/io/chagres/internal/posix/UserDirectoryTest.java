// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.AccessDeniedException;
import io.chagres.NotFoundException;
import io.chagres.posix.Unistd;
import io.chagres.test.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which directory the short names are in, and which are refused. */
@Tag("native")
class UserDirectoryTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final int uid = Unistd.geteuid();

    /** Of a short path, as those that are stood in for are. */
    private Path folder = Path.of("");

    @BeforeEach
    void make() throws IOException {
        folder = Files.createTempDirectory("u");
    }

    @AfterEach
    void remove() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private Path directory(String name, String permissions) throws IOException {
        Path path = Files.createDirectory(folder.resolve(name));
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(path)));
    }

    private String fallback() {
        return folder + "/chagres-" + Integer.toUnsignedString(uid);
    }

    @Test
    void aRuntimeDirectoryOfTheUserAloneIsUsed() throws Exception {
        String runtime = directory("r", "rwx------").toString();
        UserDirectory directory = new UserDirectory(runtime, "/absent", uid);
        assertThatThrownBy(directory::find).isInstanceOf(NotFoundException.class);
        assertThat(directory.create()).isEqualTo(runtime + "/chagres");
        assertThat(permissions(runtime + "/chagres")).isEqualTo("rwx------");
        assertThat(directory.find()).isEqualTo(runtime + "/chagres");
        assertThat(directory.create()).isEqualTo(runtime + "/chagres");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-x---", "rwx-----x", "rwxrwxrwx"})
    void aRuntimeDirectoryThatOthersMayEnterIsNotUsed(String open) throws Exception {
        String runtime = directory("r", open).toString();
        String path = new UserDirectory(runtime, folder.toString(), uid).create();
        assertThat(path).isEqualTo(fallback());
        assertThat(permissions(path)).isEqualTo("rwx------");
        assertThat(Path.of(runtime)).isEmptyDirectory();
    }

    @Test
    void whatIsNoRuntimeDirectoryIsNotUsed() throws Exception {
        Path real = directory("r", "rwx------");
        Path link = Files.createSymbolicLink(folder.resolve("l"), real);
        Path file = Files.createFile(folder.resolve("f"));
        Path tooLong = directory("x".repeat(31 - folder.toString().length()), "rwx------");
        for (String runtime :
                List.of("", "r", folder + "/absent", "" + link, "" + file, "" + tooLong)) {
            assertThat(new UserDirectory(runtime, folder.toString(), uid).create())
                    .isEqualTo(fallback());
        }
        assertThat(new UserDirectory(null, folder.toString(), uid).find()).isEqualTo(fallback());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-x---", "rwx-----x", "rwxrwxrwx"})
    void aDirectoryThatOthersMayEnterIsRefused(String open) throws Exception {
        directory("chagres-" + uid, open);
        UserDirectory directory = new UserDirectory(null, folder.toString(), uid);
        assertThatThrownBy(directory::create)
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("others than its owner may enter it");
        assertThatThrownBy(directory::find).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aSymbolicLinkAndAFileAreRefused() throws Exception {
        Path real = directory("r", "rwx------");
        Path link = Files.createSymbolicLink(Path.of(fallback()), real);
        UserDirectory directory = new UserDirectory(null, folder.toString(), uid);
        assertThatThrownBy(directory::create)
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("symbolic link");
        Files.delete(link);
        Files.createFile(link);
        assertThatThrownBy(directory::find).isInstanceOf(AccessDeniedException.class);
        assertThat(real).isEmptyDirectory();
    }

    @Test
    void aDirectoryOfSomebodyElseIsRefused() throws Exception {
        int other = uid + 1;
        directory("chagres-" + other, "rwx------");
        directory("r", "rwx------");
        UserDirectory directory = new UserDirectory(folder + "/r", "/tmp", other);
        assertThatThrownBy(directory::find).isInstanceOf(NotFoundException.class);
        String mine = folder.toString();
        assertThatThrownBy(new UserDirectory(null, mine, other)::find)
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aPlaceWhereOthersMayRenameIsRefused() throws Exception {
        Path shared = directory("s", "rwxrwxrwx");
        UserDirectory directory = new UserDirectory(null, shared.toString(), uid);
        assertThatThrownBy(directory::create)
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("others may rename");
        assertThat(shared).isEmptyDirectory();
    }

    @Test
    void permissionsThatTheOwnerLacksAreAdded() throws Exception {
        directory("chagres-" + uid, "r-x------");
        String path = new UserDirectory(null, folder.toString(), uid).create();
        assertThat(permissions(path)).isEqualTo("rwx------");
    }
}
