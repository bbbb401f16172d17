// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.AccessDeniedException;
import io.chagres.AlreadyExistsException;
import io.chagres.IpcException;
import io.chagres.LimitExceededException;
import io.chagres.NotFoundException;
import io.chagres.posix.Errno;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("native")
class PosixErrorsTest {

    static Arguments[] kinds() {
        return new Arguments[] {
            Arguments.of(Errno.EEXIST, "EEXIST", AlreadyExistsException.class),
            Arguments.of(Errno.ENOENT, "ENOENT", NotFoundException.class),
            Arguments.of(Errno.EACCES, "EACCES", AccessDeniedException.class),
            Arguments.of(Errno.EPERM, "EPERM", AccessDeniedException.class),
            Arguments.of(Errno.EMFILE, "EMFILE", LimitExceededException.class),
            Arguments.of(Errno.ENFILE, "ENFILE", LimitExceededException.class),
            Arguments.of(Errno.ENOSPC, "ENOSPC", LimitExceededException.class),
            Arguments.of(Errno.ENOMEM, "ENOMEM", LimitExceededException.class),
            Arguments.of(Errno.EBADF, "EBADF", IpcException.class),
            Arguments.of(Errno.EINVAL, "EINVAL", IpcException.class)
        };
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theKindIsWhatACallerCanDo(int errno, String symbol, Class<?> kind) {
        IpcException e = PosixErrors.exception("mq_send", "/orders", -errno);
        assertThat(e).isExactlyInstanceOf(kind);
        assertThat(e.operation()).isEqualTo("mq_send");
        assertThat(e.objectName()).isEqualTo("/orders");
        assertThat(e.code()).isEqualTo(errno);
        assertThat(e.symbol()).isEqualTo(symbol);
        String message = "mq_send /orders: " + symbol + " (" + Errno.text(errno);
        assertThat(e.getMessage()).startsWith(message).endsWith(")");
    }

    @Test
    void descriptorsAreLimitedByTheProcessAndByTheSystem() {
        assertThat(PosixErrors.exception("open", "/x", -Errno.EMFILE))
                .isInstanceOfSatisfying(
                        LimitExceededException.class,
                        limit -> {
                            assertThat(limit.limit()).isEqualTo("RLIMIT_NOFILE");
                            assertThat(limit.value()).isPositive();
                        });
        assertThat(PosixErrors.exception("open", "/x", -Errno.ENFILE))
                .isInstanceOfSatisfying(
                        LimitExceededException.class,
                        limit -> assertThat(limit.limit()).isEqualTo("fs.file-max"));
    }

    @Test
    void aLimitThatIsNotKnownHasNoNameAndNoValue() {
        IpcException e = PosixErrors.exception("mq_send", "/orders", -Errno.ENOMEM);
        assertThat(e)
                .isInstanceOfSatisfying(
                        LimitExceededException.class,
                        limit -> {
                            assertThat(limit.limit()).isEmpty();
                            assertThat(limit.value()).isEqualTo(-1);
                        });
    }

    @Test
    void aKnownLimitIsInTheMessageAndTheException() {
        Limit limit = new Limit("fs.mqueue.msg_max", 10, "raise it");
        LimitExceededException e = PosixErrors.limit("mq_open", "/orders", -Errno.EINVAL, limit);
        assertThat(e.limit()).isEqualTo("fs.mqueue.msg_max");
        assertThat(e.value()).isEqualTo(10);
        assertThat(e)
                .hasMessage(
                        "mq_open /orders: EINVAL (Invalid argument;"
                                + " the limit is fs.mqueue.msg_max, now 10: raise it)");
    }

    @Test
    void aCallThatTheKernelLacksIsUnsupported() {
        assertThatThrownBy(() -> PosixErrors.exception("mq_open", "/orders", -Errno.ENOSYS))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith("mq_open: ENOSYS");
    }
}
