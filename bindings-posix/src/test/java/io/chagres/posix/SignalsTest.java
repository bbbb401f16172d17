// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.chagres.test.LeakCheck;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bare calls on signals. */
@Tag("native")
class SignalsTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @Test
    void aHandlerThatDoesNothingInterruptsAWait() {
        try (Arena arena = Arena.ofConfined()) {
            int signal = freeSignal(arena);
            MemorySegment before = arena.allocate(Sigaction.LAYOUT);
            MemorySegment action = arena.allocate(Sigaction.LAYOUT);
            Sigaction.sa_handler(action, Signals.doNothingHandler());
            assertThat(Signals.sigaction(signal, action, before)).isZero();
            MemorySegment set = setOf(arena, signal);
            MemorySegment mask = arena.allocate(Sigset.LAYOUT);
            assertThat(Signals.pthread_sigmask(Signals.SIG_BLOCK, set, mask)).isZero();
            try {
                // It is blocked until ppoll lets it through, so it can come at no other time.
                assertThat(Signals.tgkill(Unistd.getpid(), Unistd.gettid(), signal)).isZero();
                assertThat(Poll.ppoll(MemorySegment.NULL, 0, MemorySegment.NULL, mask))
                        .isEqualTo(-Errno.EINTR);
            } finally {
                assertThat(Signals.pthread_sigmask(Signals.SIG_SETMASK, mask, MemorySegment.NULL))
                        .isZero();
                assertThat(Signals.sigaction(signal, before, action)).isZero();
            }
            assertThat(Sigaction.sa_handler(action)).isEqualTo(Signals.doNothingHandler());
            assertThat(handlerOf(arena, signal)).isEqualTo(Signals.SIG_DFL);
        }
    }

    @Test
    void aDispositionIsReadBackAsItWasSet() {
        try (Arena arena = Arena.ofConfined()) {
            int signal = freeSignal(arena);
            MemorySegment before = arena.allocate(Sigaction.LAYOUT);
            MemorySegment action = arena.allocate(Sigaction.LAYOUT);
            Sigaction.sa_handler(action, Signals.SIG_IGN);
            Sigaction.sa_flags(action, Signals.SA_RESTART);
            assertThat(Signals.sigaction(signal, action, before)).isZero();
            MemorySegment read = arena.allocate(Sigaction.LAYOUT);
            assertThat(Signals.sigaction(signal, before, read)).isZero();
            assertThat(Sigaction.sa_handler(read)).isEqualTo(Signals.SIG_IGN);
            assertThat(Sigaction.sa_flags(read) & (Signals.SA_RESTART | Signals.SA_SIGINFO))
                    .isEqualTo(Signals.SA_RESTART);
        }
    }

    @Test
    void someSignalsCannotBeHandled() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment action = arena.allocate(Sigaction.LAYOUT);
            Sigaction.sa_handler(action, Signals.SIG_IGN);
            for (int signal : new int[] {Signals.SIGKILL, Signals.SIGSTOP, 0}) {
                assertThat(Signals.sigaction(signal, action, MemorySegment.NULL))
                        .isEqualTo(-Errno.EINVAL);
            }
        }
    }

    @Test
    void aSetHasWhatWasAdded() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = setOf(arena, Signals.sigrtmax());
            assertThat(Signals.sigismember(set, Signals.sigrtmax())).isEqualTo(1);
            assertThat(Signals.sigismember(set, Signals.SIGUSR1)).isZero();
            assertThat(Signals.sigismember(set, -1)).isEqualTo(-Errno.EINVAL);
            assertThat(Signals.sigaddset(set, 1000)).isEqualTo(-Errno.EINVAL);
        }
    }

    @Test
    void theMaskOfAThreadIsItsOwnAndARefusalIsTheNegatedErrno() {
        try (Arena arena = Arena.ofConfined()) {
            int signal = freeSignal(arena);
            MemorySegment set = setOf(arena, signal);
            MemorySegment now = arena.allocate(Sigset.LAYOUT);
            assertThat(Signals.pthread_sigmask(Signals.SIG_BLOCK, set, MemorySegment.NULL))
                    .isZero();
            assertThat(Signals.pthread_sigmask(Signals.SIG_UNBLOCK, set, now)).isZero();
            assertThat(Signals.sigismember(now, signal)).isEqualTo(1);
            assertThat(Signals.pthread_sigmask(-1, set, now)).isEqualTo(-Errno.EINVAL);
        }
    }

    @Test
    void signalZeroAsksWhetherOneCouldBeSent() {
        int pid = Unistd.getpid();
        assertThat(Signals.kill(pid, 0)).isZero();
        assertThat(Signals.tgkill(pid, Unistd.gettid(), 0)).isZero();
        assertThat(Signals.tgkill(pid, Integer.MAX_VALUE, 0)).isEqualTo(-Errno.ESRCH);
        assertThat(Signals.kill(Integer.MAX_VALUE, 0)).isEqualTo(-Errno.ESRCH);
    }

    @Test
    void theRealTimeSignalsAreThoseTheLibraryLeavesFree() {
        assertThat(Signals.sigrtmin()).isGreaterThan(32).isLessThan(Signals.sigrtmax());
        assertThat(Signals.sigrtmax()).isEqualTo(64);
    }

    private static int freeSignal(Arena arena) {
        int signal = Signals.sigrtmax();
        while (signal > Signals.sigrtmin() && handlerOf(arena, signal) != Signals.SIG_DFL) {
            signal--;
        }
        assumeThat(handlerOf(arena, signal)).isEqualTo(Signals.SIG_DFL);
        return signal;
    }

    private static long handlerOf(Arena arena, int signal) {
        MemorySegment action = arena.allocate(Sigaction.LAYOUT);
        assertThat(Signals.sigaction(signal, MemorySegment.NULL, action)).isZero();
        return Sigaction.sa_handler(action);
    }

    private static MemorySegment setOf(Arena arena, int signal) {
        MemorySegment set = arena.allocate(Sigset.LAYOUT);
        assertThat(Signals.sigemptyset(set)).isZero();
        assertThat(Signals.sigaddset(set, signal)).isZero();
        return set;
    }
}
