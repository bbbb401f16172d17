// SPDX-License-Identifier: Apache-2.0
package io.chagres.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.AccessDeniedException;
import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.LimitExceededException;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Stat;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Anonymous memory and its seals. */
@Tag("native")
class SharedMemorySealsTest {

    private static final SharedMemoryOptions OPTIONS = SharedMemoryOptions.ofSize(8192);
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Shared::exists);

    @Test
    void anonymousMemoryIsAllocatedNotExecutableAndCloseOnExec() throws Exception {
        try (SharedMemory memory = SharedMemory.anonymous("frames", OPTIONS);
                BorrowedDescriptor lent = memory.borrow();
                Mapping mapping = memory.map();
                Arena arena = Arena.ofConfined()) {
            MemorySegment stat = arena.allocate(Stat.LAYOUT);
            Stat.fstat(lent.fd(), stat);
            assertThat(Stat.st_mode(stat) & 0111).isZero(); // a kernel before 6.3 would fail here
            assertThat(Stat.st_blocks(stat) * 512).isEqualTo(8192);
            assertThat(Fcntl.fcntl(lent.fd(), Fcntl.F_GETFD, 0)).isEqualTo(Fcntl.FD_CLOEXEC);
            assertThat(memory.name()).isEqualTo("memfd:frames");
            assertThat(memory.seals()).isEmpty();
            mapping.segment().set(BYTE, 8191, (byte) 1);
            assertThat(Shared.mappings("/memfd:frames")).isEqualTo(1);
        }
    }

    @Test
    @Conforms("shm.object/O242")
    void sealedMemoryNeitherShrinksNorGrowsNorChanges() throws Exception {
        try (SharedMemory memory = SharedMemory.anonymous(OPTIONS)) {
            memory.seal(EnumSet.of(Seal.SHRINK));
            assertThatThrownBy(() -> memory.resize(4096))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("it is sealed with [SHRINK]");
            memory.resize(16384);
            memory.seal(EnumSet.of(Seal.GROW));
            assertThatThrownBy(() -> memory.resize(32768))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("it is sealed with [SHRINK, GROW]");
            assertThat(memory.size()).isEqualTo(16384);
            try (Mapping mapping = memory.map()) {
                mapping.segment().set(BYTE, 0, (byte) 7);
                assertThatThrownBy(() -> memory.seal(EnumSet.of(Seal.WRITE)))
                        .isExactlyInstanceOf(IpcException.class)
                        .hasMessageContaining("mapped for writing");
            }
            memory.seal(EnumSet.of(Seal.WRITE, Seal.SEAL));
            assertThatThrownBy(memory::map)
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("WRITE");
            try (Mapping mapping = memory.map(MapOptions.readOnly())) {
                assertThat(mapping.segment().get(BYTE, 0)).isEqualTo((byte) 7);
            }
            assertThatThrownBy(() -> memory.seal(EnumSet.of(Seal.FUTURE_WRITE)))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("it takes no seals");
            assertThat(memory.seals())
                    .containsExactlyInAnyOrder(Seal.SHRINK, Seal.GROW, Seal.WRITE, Seal.SEAL);
        }
    }

    @Test
    void futureWriteLeavesTheWriterThatThereIs() throws Exception {
        try (SharedMemory memory = SharedMemory.anonymous(OPTIONS);
                Mapping writer = memory.map()) {
            memory.seal(EnumSet.of(Seal.FUTURE_WRITE));
            writer.segment().set(BYTE, 3, (byte) 3);
            assertThatThrownBy(memory::map).isInstanceOf(AccessDeniedException.class);
            try (Mapping reader = memory.map(MapOptions.readOnly())) {
                assertThat(reader.segment().get(BYTE, 3)).isEqualTo((byte) 3);
                writer.segment().set(BYTE, 3, (byte) 4);
                assertThat(reader.segment().get(BYTE, 3)).isEqualTo((byte) 4);
            }
        }
    }

    @Test
    void receivedMemoryIsCheckedForItsSeals() throws Exception {
        int fd;
        try (SharedMemory memory = SharedMemory.anonymous(OPTIONS)) {
            memory.seal(EnumSet.of(Seal.GROW));
            fd = memory.detach();
        }
        try (SharedMemory received = SharedMemory.adopt(fd)) {
            received.requireSeals(EnumSet.of(Seal.GROW));
            received.requireSeals(Set.of());
            assertThatThrownBy(() -> received.requireSeals(EnumSet.of(Seal.SHRINK, Seal.GROW)))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("it is not sealed with [SHRINK]");
            assertThat(received.size()).isEqualTo(8192);
        }
    }

    @Test
    void namedMemoryAndWhatWasMadeUnsealableTakesNoSeals() throws Exception {
        String name = TestNames.posix();
        try (SharedMemory named = SharedMemory.create(name, 1);
                SharedMemory anonymous = SharedMemory.anonymous(OPTIONS.withSealable(false))) {
            for (SharedMemory memory : new SharedMemory[] {named, anonymous}) {
                assertThat(memory.seals()).containsExactly(Seal.SEAL);
                assertThatThrownBy(() -> memory.seal(EnumSet.of(Seal.SHRINK)))
                        .isInstanceOf(AccessDeniedException.class)
                        .hasMessageContaining("only anonymous memory does");
            }
        } finally {
            SharedMemory.unlink(name);
        }
    }

    @Test
    void hugePagesAreGivenOrRefusedByTheNameOfTheirLimit() throws Exception {
        String reserved = Files.readAllLines(Path.of("/proc/sys/vm/nr_hugepages")).get(0);
        SharedMemoryOptions options = SharedMemoryOptions.ofSize(1).withHugePages(2 << 20);
        if (reserved.equals("0")) {
            assertThatThrownBy(() -> SharedMemory.anonymous(options).close())
                    .isInstanceOfSatisfying(
                            LimitExceededException.class,
                            e -> {
                                assertThat(e.limit()).isEqualTo("vm.nr_hugepages");
                                assertThat(e.value()).isZero();
                            });
        } else {
            try (SharedMemory memory = SharedMemory.anonymous(options);
                    Mapping mapping = memory.map(MapOptions.readWrite().withOffset(5000))) {
                assertThat(memory.size()).isEqualTo(2 << 20);
                mapping.segment().set(BYTE, mapping.size() - 1, (byte) 1);
            }
        }
        assertThatThrownBy(() -> SharedMemory.anonymous(OPTIONS.withHugePages(8)).close())
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("no huge pages of 8 bytes");
    }
}
