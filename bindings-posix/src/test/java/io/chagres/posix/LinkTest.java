// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.test.SecondProcess;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
class LinkTest {

    private static final FunctionDescriptor TAKES_NOTHING =
            FunctionDescriptor.of(ValueLayout.JAVA_INT);

    @Test
    void aMissingFunctionFailsByNameAtEachCall() {
        MethodHandle missing = Link.function("chagres_no_such_function", TAKES_NOTHING);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> missing.invoke(MemorySegment.NULL))
                    .isInstanceOf(UnsatisfiedLinkError.class)
                    .hasMessageContaining("chagres_no_such_function")
                    .hasMessageContaining("librt.so.1");
        }
    }

    @Test
    @Tag("cross-process")
    void withoutNativeAccessTheErrorNamesTheFlagAtEachCall() throws Exception {
        List<String> command =
                SecondProcess.javaCommand(
                        List.of(),
                        List.of(
                                "-XX:+IgnoreUnrecognizedVMOptions",
                                "--illegal-native-access=deny",
                                "--enable-native-access=java.base"),
                        CallsWithoutAccess.class);
        command.remove("--enable-native-access=ALL-UNNAMED");
        try (SecondProcess denied = SecondProcess.command(command)) {
            String expected =
                    "IllegalCallerException: native access is not enabled, so mq_unlink cannot be"
                            + " called: start java with --enable-native-access=ALL-UNNAMED";
            assertThat(denied.readLine()).isEqualTo(expected);
            assertThat(denied.readLine()).isEqualTo(expected);
        }
    }

    /** Calls twice, and prints what that gives. */
    static final class CallsWithoutAccess {
        public static void main(String[] args) {
            for (int i = 0; i < 2; i++) {
                try (Arena arena = Arena.ofConfined()) {
                    Mqueue.mq_unlink(arena.allocateFrom("/chagres-test-none"));
                } catch (IllegalCallerException e) {
                    System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
                }
            }
        }
    }

    @Test
    void onlyIntegersAndAddressesFitTheCommonShape() {
        assertThat(Common.fits(FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG))).isTrue();
        assertThat(Common.fits(FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT)))
                .isTrue();
        assertThat(Common.fits(FunctionDescriptor.of(ValueLayout.JAVA_DOUBLE))).isFalse();
        assertThat(Common.fits(FunctionDescriptor.ofVoid(Timespec.LAYOUT))).isFalse();
        MemoryLayout[] seven = new MemoryLayout[7];
        Arrays.fill(seven, ValueLayout.JAVA_INT);
        assertThat(Common.fits(FunctionDescriptor.ofVoid(seven))).isFalse();
    }

    @Test
    void aHeapSegmentIsRefusedBeforeTheCall() {
        MemorySegment heap = MemorySegment.ofArray(new byte[8]);
        assertThatThrownBy(() -> Mqueue.mq_send(-1, heap, 8, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSegmentOfAClosedArenaIsRefusedBeforeTheCall() {
        Arena arena = Arena.ofShared();
        MemorySegment closed = arena.allocate(8);
        arena.close();
        assertThatThrownBy(() -> Mqueue.mq_send(-1, closed, 8, 0))
                .isInstanceOf(IllegalStateException.class);
    }
}
