// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Borrowable;
import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls are inside, their handle is closed, and at once something else is opened, which gets the
 * same number: the calls must end, and must not take what is in the other, nor add to it.
 */
@Tag("stress")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class UnixCloseUnderCallStressTest {

    private static final int ROUNDS = 5_000;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    static List<Arguments> streamsOnEachKindOfThread() {
        return Threads.with(
                UnixWaits.READ,
                UnixWaits.READ_TIMED,
                UnixWaits.READ_WITH_INFO,
                UnixWaits.WRITE,
                UnixWaits.WRITE_WITH_ENVELOPE,
                UnixWaits.RECEIVE_DATAGRAM,
                UnixWaits.RECEIVE_RECORD,
                UnixWaits.SEND_DATAGRAM,
                UnixWaits.ACCEPT);
    }

    /** The other is a stream with one byte in it, and room for more. */
    @ParameterizedTest
    @MethodSource("streamsOnEachKindOfThread")
    void noNumberIsUsedAfterItWasFreed(Threads threads, UnixWaits waits) throws Exception {
        SynchronousQueue<UnixWaits.Wait> waiting = new SynchronousQueue<>();
        SynchronousQueue<Object> endings = new SynchronousQueue<>();
        Thread caller = threads.unstarted("caller", () -> callAll(waiting, endings));
        caller.start();
        try (SocketPair<UnixSocketChannel> decoy = UnixSocketChannel.pair()) {
            decoy.second().write(new byte[1]);
            for (int round = 0; round < ROUNDS; round++) {
                UnixWaits.Wait wait = waits.open(folder);
                waiting.put(wait);
                pause(round);
                wait.handle().close();
                int other = again(decoy.first());
                Object ending = endings.take();
                assertThat(ending).isInstanceOf(ClosedException.class);
                Unistd.close(other);
                wait.close();
            }
            assertThat(decoy.first().available()).isOne();
            assertThat(decoy.second().available()).isZero();
        } finally {
            caller.interrupt();
            caller.join();
        }
    }

    private static void callAll(
            SynchronousQueue<UnixWaits.Wait> waiting, SynchronousQueue<Object> endings) {
        try {
            while (true) {
                UnixWaits.Wait wait = waiting.take();
                Object ending = "it succeeded";
                try {
                    wait.operation().run();
                } catch (Exception | AssertionError e) {
                    ending = e;
                }
                endings.put(ending);
            }
        } catch (InterruptedException e) {
            // the test is over
        }
    }

    /** From none, so that close meets the call on its way in, to long enough for it to block. */
    private static void pause(int round) {
        long end = System.nanoTime() + round % 16 * 10_000L;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static int again(Borrowable handle) throws Exception {
        try (BorrowedDescriptor borrowed = handle.borrow()) {
            return Fcntl.fcntl(borrowed.fd(), Fcntl.F_DUPFD_CLOEXEC, 0);
        }
    }

    /** All that a stream can do, from several threads, until it is closed under them. */
    @ParameterizedTest
    @EnumSource(Threads.class)
    void everyCallUnderLoadEndsWhenItsHandleIsClosed(Threads threads) throws Exception {
        for (int round = 0; round < 500; round++) {
            AtomicInteger wrong = new AtomicInteger();
            List<Thread> all = new ArrayList<>();
            try (SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair();
                    SocketPair<UnixSocketChannel> decoy = UnixSocketChannel.pair()) {
                UnixSocketChannel one = pair.first();
                List<UnixWaits.Action> calls =
                        List.of(
                                () -> one.write(new byte[500]),
                                () -> one.read(new byte[500]),
                                () -> one.tryWrite(new byte[70_000]),
                                () ->
                                        one.peek(
                                                java.lang.foreign.MemorySegment.ofArray(
                                                        new byte[9]),
                                                UnixWaits.PATIENCE),
                                one::available,
                                one::peerCredentials,
                                () -> one.borrow().close(),
                                () -> pair.second().write(new byte[300], UnixWaits.PATIENCE),
                                () -> pair.second().read(new byte[300], UnixWaits.PATIENCE));
                for (UnixWaits.Action call : calls) {
                    Thread thread = threads.unstarted("load", () -> repeat(call, wrong));
                    thread.start();
                    all.add(thread);
                }
                Thread.sleep(round % 5);
                one.close();
                int other = again(decoy.first());
                pair.second().close();
                for (Thread each : all) {
                    each.join();
                }
                Unistd.close(other);
                assertThat(decoy.second().available()).isZero();
                assertThat(wrong).hasValue(0);
            }
        }
    }

    private static void repeat(UnixWaits.Action call, AtomicInteger wrong) {
        try {
            while (true) {
                call.run();
                Thread.onSpinWait();
            }
        } catch (ClosedException | io.chagres.PeerGoneException e) {
            // the end
        } catch (Exception e) {
            wrong.incrementAndGet();
            System.err.println("under load: " + e);
        }
    }
}
