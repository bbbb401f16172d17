// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.socket.UnixAddress.Kind;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an address is, without a socket. */
@Tag("unit")
class UnixAddressTest {

    private static final byte[] NOT_UTF8 = {'/', 't', (byte) 0xff, (byte) 0xc3};

    private interface Call {
        void run() throws Exception;
    }

    private static void refused(String why, Call call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aPathHasUpTo108Bytes() {
        for (int length : new int[] {1, 107, 108}) {
            UnixAddress address = UnixAddress.of("a".repeat(length));
            assertThat(address.kind()).isEqualTo(Kind.PATH);
            assertThat(address.bytes()).hasSize(length);
        }
        refused("at most 108 bytes, and this one 109", () -> UnixAddress.of("a".repeat(109)));
        refused("at most 108", () -> UnixAddress.of(Path.of("a".repeat(109))));
        refused("at most 108", () -> UnixAddress.ofPath("a".repeat(109).getBytes(UTF_8)));
    }

    @Test
    void itIsTheBytesThatCountAndNotTheCharacters() {
        assertThat(UnixAddress.of("é".repeat(54)).bytes()).hasSize(108);
        refused("110", () -> UnixAddress.of("é".repeat(55)));
        refused("108", () -> UnixAddress.ofAbstract("é".repeat(54)));
    }

    @Test
    void aPathIsNotEmptyAndHasNoNul() {
        refused("empty", () -> UnixAddress.of(""));
        refused("empty", () -> UnixAddress.of(Path.of("")));
        refused("empty", () -> UnixAddress.ofPath(new byte[0]));
        refused("a NUL: /tmp/a\\x00b", () -> UnixAddress.of("/tmp/a\0b"));
        refused("a NUL", () -> UnixAddress.of("\0abstract"));
    }

    @Test
    void textThatIsNoTextIsRefusedAndNotReplaced() {
        refused("surrogate", () -> UnixAddress.of("/tmp/\ud800"));
        refused("surrogate", () -> UnixAddress.ofAbstract("a\udfff"));
    }

    @Test
    void spacesAndRelativePathsAreKeptAsTheyAre() {
        UnixAddress address = UnixAddress.of("some folder/../a socket ");
        assertThat(address).hasToString("some folder/../a socket ");
        assertThat(address.path()).contains(Path.of("some folder/../a socket "));
        assertThat(address).isEqualTo(UnixAddress.of(Path.of("some folder/../a socket ")));
    }

    @Test
    void aPathOfAnotherFileSystemIsRefused(@TempDir Path folder) throws Exception {
        URI zip = URI.create("jar:" + folder.resolve("empty.zip").toUri());
        try (FileSystem other = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            refused("operating system", () -> UnixAddress.of(other.getPath("socket")));
        }
        Files.deleteIfExists(folder.resolve("empty.zip"));
    }

    @Test
    void bytesThatAreNotUtf8AreKeptAndAreNoPathOfJava() {
        UnixAddress address = UnixAddress.ofPath(NOT_UTF8);
        assertThat(address.bytes()).isEqualTo(NOT_UTF8);
        assertThat(address.path()).isEmpty();
        refused("not UTF-8", address::toSocketAddress);
        assertThat(UnixAddress.ofPath("/tmp/é".getBytes(UTF_8)))
                .isEqualTo(UnixAddress.of("/tmp/é"));
    }

    @Test
    void anAbstractNameHasUpTo107BytesOfAnyValue() {
        byte[] all = new byte[UnixAddress.MAX_NAME];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i * 3);
        }
        UnixAddress address = UnixAddress.ofAbstract(all);
        assertThat(address.kind()).isEqualTo(Kind.ABSTRACT);
        assertThat(address.bytes()).isEqualTo(all);
        assertThat(address.path()).isEmpty();
        assertThat(UnixAddress.ofAbstract("").bytes()).isEmpty();
        refused("at most 107 bytes, and this one 108", () -> UnixAddress.ofAbstract(new byte[108]));
    }

    @Test
    void anAbstractNameIsDistinctByItsLengthAndFromAPath() {
        UnixAddress name = UnixAddress.ofAbstract("a");
        assertThat(
                        Set.of(
                                name,
                                UnixAddress.ofAbstract("a\0"),
                                UnixAddress.ofAbstract("a\0\0"),
                                UnixAddress.ofAbstract("\0a"),
                                UnixAddress.ofAbstract(""),
                                UnixAddress.of("a"),
                                UnixAddress.unnamed()))
                .hasSize(7);
        assertThat(name)
                .isEqualTo(UnixAddress.ofAbstract("a".getBytes(UTF_8)))
                .hasSameHashCodeAs(UnixAddress.ofAbstract("a"))
                .isNotEqualTo(null)
                .isNotEqualTo("a");
    }

    @Test
    void textForPeopleTellsTheKinds() {
        assertThat(UnixAddress.of("/tmp/a")).hasToString("/tmp/a");
        assertThat(UnixAddress.ofAbstract("a\0\n\u007f~")).hasToString("@a\\x00\\x0a\\x7f~");
        assertThat(UnixAddress.unnamed()).hasToString("unnamed");
        assertThat(UnixAddress.unnamed().kind()).isEqualTo(Kind.UNNAMED);
    }

    @Test
    void bytesAreCopiedInAndOut() {
        byte[] name = {1, 2};
        UnixAddress address = UnixAddress.ofAbstract(name);
        name[0] = 9;
        address.bytes()[1] = 9;
        assertThat(address.bytes()).containsExactly(1, 2);
        byte[] path = {'a'};
        UnixAddress ofPath = UnixAddress.ofPath(path);
        path[0] = 'b';
        assertThat(ofPath).hasToString("a");
    }

    @Test
    void theJdksAddressIsTheSameBothWays() {
        for (String path : new String[] {"/tmp/a socket", "relative", ""}) {
            UnixDomainSocketAddress jdks = UnixDomainSocketAddress.of(path);
            assertThat(UnixAddress.of(jdks).toSocketAddress()).isEqualTo(jdks);
        }
        assertThat(UnixAddress.of(UnixDomainSocketAddress.of("/a")))
                .isEqualTo(UnixAddress.of("/a"));
        assertThat(UnixAddress.of(UnixDomainSocketAddress.of(""))).isEqualTo(UnixAddress.unnamed());
        assertThat(UnixAddress.unnamed().toSocketAddress())
                .isEqualTo(UnixDomainSocketAddress.of(""));
        refused("abstract", () -> UnixAddress.ofAbstract("a").toSocketAddress());
        refused("109", () -> UnixAddress.of(UnixDomainSocketAddress.of("a".repeat(109))));
    }
}
