// SPDX-License-Identifier: Apache-2.0
package io.chagres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class IpcExceptionTest {

    @Test
    void theMessageHasOperationObjectSymbolAndDetail() {
        IpcException e = new IpcException("mq_open", "/orders", 13, "EACCES", "Permission denied");
        assertThat(e).hasMessage("mq_open /orders: EACCES (Permission denied)");
        assertThat(e.operation()).isEqualTo("mq_open");
        assertThat(e.objectName()).isEqualTo("/orders");
        assertThat(e.code()).isEqualTo(13);
        assertThat(e.symbol()).isEqualTo("EACCES");
    }

    @Test
    void withoutASymbolTheDetailStandsAlone() {
        assertThat(new InvalidNameException("mq_open", "\"\"", "a name begins with a slash"))
                .hasMessage("mq_open \"\": a name begins with a slash");
        assertThat(new ClosedException("mq_send", "/orders"))
                .hasMessage("mq_send /orders: the handle is closed");
    }

    @Test
    void everyKindIsAnIpcExceptionAndSoAnIoException() {
        List<IOException> kinds =
                List.of(
                        new AccessDeniedException("o", "n", 1, "S", "d"),
                        new AlreadyExistsException("o", "n", 1, "S", "d"),
                        new NotFoundException("o", "n", 1, "S", "d"),
                        new LimitExceededException("o", "n", 1, "S", "d", "limit", 7),
                        new InvalidNameException("o", "n", "d"),
                        new ClosedException("o", "n"));
        assertThat(kinds).allMatch(IpcException.class::isInstance);
    }

    @Test
    void aLimitSurvivesSerialization() throws Exception {
        LimitExceededException before =
                new LimitExceededException("o", "n", 24, "EMFILE", "d", "RLIMIT_NOFILE", 1024);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(before);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            LimitExceededException after = (LimitExceededException) in.readObject();
            assertThat(after).hasMessage(before.getMessage());
            assertThat(after.limit()).isEqualTo("RLIMIT_NOFILE");
            assertThat(after.value()).isEqualTo(1024);
            assertThat(after.code()).isEqualTo(24);
        }
    }
}
