// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Access;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a name may be. */
@Tag("unit")
class LocalNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"orders", "a", "A-Z_0.9", "-", "a.", "x.lock", "x.sock"})
    void aShortNameIsWhatItWasMadeOf(String name) {
        assertThat(LocalName.of(name)).hasToString(name);
        assertThat(LocalName.of(name).path()).isEmpty();
        assertThat(LocalName.of(name)).isEqualTo(LocalName.of(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", ".hidden", "a/b", "/a", "a b", "ä", "a\0", "a\n", "\\\\.\\a"})
    void aNameThatIsNotPortableIsRefused(String name) {
        assertThatThrownBy(() -> LocalName.of(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameHasAtMost64Characters() {
        assertThat(LocalName.of("x".repeat(64)).toString()).hasSize(64);
        assertThatThrownBy(() -> LocalName.of("x".repeat(65)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 64 characters, and this one 65");
    }

    @Test
    void aPathIsNoShortName() {
        LocalName path = LocalName.ofPath(Path.of("orders"));
        assertThat(path.path()).contains(Path.of("orders"));
        assertThat(path).isNotEqualTo(LocalName.of("orders")).hasToString("orders");
        assertThatThrownBy(() -> LocalName.ofPath(Path.of("")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPathOfAnotherFileSystemIsRefused() throws Exception {
        FileSystem modules = FileSystems.getFileSystem(URI.create("jrt:/"));
        assertThatThrownBy(() -> LocalName.ofPath(modules.getPath("/modules")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void optionsKeepWhatWasNotChanged() {
        LocalOptions options =
                LocalOptions.defaults()
                        .withAccess(Access.mode(0660))
                        .withMode(LocalMode.MESSAGE)
                        .withBacklog(7);
        assertThat(options).isEqualTo(new LocalOptions(Access.mode(0660), LocalMode.MESSAGE, 7));
        assertThatThrownBy(() -> options.withBacklog(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
