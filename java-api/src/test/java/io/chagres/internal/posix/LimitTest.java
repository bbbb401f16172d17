// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.posix.Errno;
import io.chagres.posix.Resource;
import io.chagres.posix.Rlimit;
import io.chagres.test.LeakCheck;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
class LimitTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fs.mqueue.msg_max",
                "fs.mqueue.msgsize_max",
                "fs.mqueue.msgsize_default",
                "fs.mqueue.queues_max",
                "fs.file-max"
            })
    void aKernelParameterHasItsPresentValue(String name) throws Exception {
        Path file = Path.of("/proc/sys/" + name.replace('.', '/'));
        long value = Long.parseLong(Files.readAllLines(file).get(0));
        Limit limit = Limit.sysctl(name);
        assertThat(limit.name()).isEqualTo(name);
        assertThat(limit.value()).isEqualTo(value);
        assertThat(limit.describe())
                .isEqualTo(
                        "the limit is %s, now %d: raise it with sysctl -w %s=N"
                                .formatted(name, value, name));
    }

    @Test
    void whatCannotBeReadIsUnknown() {
        Limit limit = Limit.sysctl("fs.mqueue.no_such_limit");
        assertThat(limit.value()).isEqualTo(-1);
        assertThat(limit.describe())
                .startsWith("the limit is fs.mqueue.no_such_limit, now unknown");
    }

    @Test
    void aLimitOfTheProcessHasItsSoftValue() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rlimit = arena.allocate(Rlimit.LAYOUT);
            Resource.getrlimit(Resource.RLIMIT_NOFILE, rlimit);
            Limit limit = Limit.rlimit("RLIMIT_NOFILE", Resource.RLIMIT_NOFILE, "n");
            assertThat(limit.value()).isEqualTo(Rlimit.rlim_cur(rlimit));
            assertThat(limit.describe())
                    .isEqualTo(
                            "the limit is RLIMIT_NOFILE, now "
                                    + limit.value()
                                    + ": raise it with ulimit -n before java starts");
        }
        assertThat(Limit.rlimit("RLIMIT_NONE", -1, "z").value()).isEqualTo(-1);
    }

    @Test
    void theErrorNumberAndWhatWasAskedForTellTheLimit() {
        assertThat(name(Errno.ENFILE, 0, 0)).isEqualTo("fs.file-max");
        assertThat(name(Errno.ENOSPC, 1, 1)).isEqualTo("fs.mqueue.queues_max");
        assertThat(name(Errno.EMFILE, 1, 1)).isEqualTo("RLIMIT_MSGQUEUE"); // descriptors are left
        assertThat(name(Errno.EINVAL, 65_537, 1)).isEqualTo("fs.mqueue.msg_max");
        assertThat(name(Errno.EINVAL, 1, 16_777_217)).isEqualTo("fs.mqueue.msgsize_max");
        assertThat(name(Errno.EINVAL, 1, 1)).isEmpty();
        assertThat(name(Errno.EACCES, 65_537, 1)).isEmpty();
    }

    private static String name(int errno, int depth, int messageSize) {
        return MessageQueueLimits.behind(-errno, depth, messageSize).map(Limit::name).orElse("");
    }

    @Test
    void whatIsBeyondTheKernelsCeilingCannotBeRaised() {
        Optional<Limit> depth = MessageQueueLimits.behind(-Errno.EINVAL, 65_537, 1);
        Optional<Limit> size = MessageQueueLimits.behind(-Errno.EINVAL, 1, 16_777_217);
        assertThat(depth.map(Limit::remedy)).contains("the kernel allows at most 65536");
        assertThat(size.map(Limit::remedy)).contains("the kernel allows at most 16777216");
    }
}
