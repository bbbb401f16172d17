// SPDX-License-Identifier: Apache-2.0
package io.chagres.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Access;
import io.chagres.OpenMode;
import io.chagres.test.Conforms;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What options refuse before anything is called. */
@Tag("unit")
class SharedMemoryOptionsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    @Conforms("mmap/32")
    void aSizeThatIsNotPositiveIsRefused(long size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedMemoryOptions.ofSize(size))
                .withMessageContaining("size " + size + " is not positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedMemoryOptions.ofSize(1).withSize(size));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedMemory.create("/chagres-test-never", size));
        assertThatIllegalArgumentException().isThrownBy(() -> MapOptions.readOnly().withSize(size));
    }

    @Test
    void whatCannotBeIsRefused() {
        SharedMemoryOptions options = SharedMemoryOptions.ofSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withMode(OpenMode.WRITE_ONLY));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withHugePages(3));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withHugePages(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MapOptions.readWrite().withOffset(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedMemory.open("/chagres-test-never", OpenMode.WRITE_ONLY));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                SharedMemory.create(
                                        "/chagres-test-never", options.withHugePages(2 << 20)))
                .withMessageContaining("anonymous");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedMemory.anonymous(options.withMode(OpenMode.READ_ONLY)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedMemory.anonymous("n".repeat(250), options));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedMemory.anonymous("a\0b", options));
        assertThatThrownBy(() -> options.withAccess(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void eachMethodChangesOneThingInACopy() {
        SharedMemoryOptions options = SharedMemoryOptions.ofSize(8);
        assertThat(options.access()).isEqualTo(Access.ownerOnly());
        assertThat(options.mode()).isEqualTo(OpenMode.READ_WRITE);
        assertThat(options.sparse()).isFalse();
        assertThat(options.unlinkOnExit()).isFalse();
        assertThat(options.sealable()).isTrue();
        SharedMemoryOptions changed =
                options.withSize(9)
                        .withAccess(Access.mode(0640))
                        .withMode(OpenMode.READ_ONLY)
                        .withSparse()
                        .withUnlinkOnExit(true)
                        .withSealable(false)
                        .withHugePages(2 << 20);
        assertThat(changed)
                .isEqualTo(
                        new SharedMemoryOptions(
                                9,
                                Access.mode(0640),
                                OpenMode.READ_ONLY,
                                true,
                                true,
                                false,
                                2 << 20));
        assertThat(options).isEqualTo(SharedMemoryOptions.ofSize(8));
        assertThat(
                        MapOptions.readOnly()
                                .withOffset(1)
                                .withSize(2)
                                .withPrefault()
                                .withLock()
                                .withHugePages())
                .isEqualTo(new MapOptions(OpenMode.READ_ONLY, 1, 2, true, true, true));
    }
}
