// SPDX-License-Identifier: Apache-2.0
package io.chagres.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.AlreadyExistsException;
import io.chagres.IpcException;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import io.chagres.test.Threads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several JVMs with one semaphore, of which some are killed. */
@Tag("native")
@Tag("cross-process")
class NamedSemaphoreProcessesTest {

    private static final int KILLED_CREATORS = 25;
    private static final int RACERS = 64;

    @RegisterExtension
    static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Semaphores::exists);

    private final String name = TestNames.posix();
    private final String back = TestNames.posix();

    @AfterEach
    void remove() throws IpcException {
        Semaphores.removeIfThere(name);
        Semaphores.removeIfThere(back);
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    @Conforms({"sem_wait/13", "sem_post/1", "sem_init/3"})
    void permitsGoBothWays(Threads threads) throws Exception {
        try (NamedSemaphore out = NamedSemaphore.create(name, 0);
                NamedSemaphore in = NamedSemaphore.create(back, 0);
                SecondProcess echo = SecondProcess.java(Echo.class, name, back, threads.name())) {
            for (int i = 0; i < 1_000; i++) {
                out.release();
                Semaphores.acquire(in);
            }
            assertThat(echo.exitCode()).isZero();
            assertThat(out.value() + in.value()).isZero();
        }
    }

    /** Takes a thousand permits and gives one elsewhere for each. */
    static final class Echo {
        public static void main(String[] args) throws Exception {
            try (NamedSemaphore in = NamedSemaphore.open(args[0]);
                    NamedSemaphore out = NamedSemaphore.open(args[1])) {
                Callable<Boolean> echo =
                        () -> {
                            for (int i = 0; i < 1_000; i++) {
                                in.acquire();
                                out.release();
                            }
                            return true;
                        };
                FutureTask<Boolean> task = new FutureTask<>(echo);
                Thread thread = args[2].equals("VIRTUAL") ? Thread.ofVirtual().start(task) : null;
                if (thread == null) {
                    task.run();
                }
                task.get();
            }
        }
    }

    /** Its permit stays taken until somebody gives one in its place; nothing else is lost. */
    @ParameterizedTest
    @CsvSource({"open, 2", "holding, 1", "holding-virtually, 1", "released, 2"})
    void aHolderThatIsKilledTakesItsPermitAlong(String step, int left) throws Exception {
        try (NamedSemaphore semaphore = NamedSemaphore.create(name, 2)) {
            try (SecondProcess holder = SecondProcess.java(Stops.class, name, step)) {
                assertThat(holder.readLine()).isEqualTo(step);
                holder.kill();
            }
            assertThat(semaphore.value()).isEqualTo(left);
            for (int i = left; i < 2; i++) {
                semaphore.release(); // what an operator does
            }
            assertThat(semaphore.tryAcquire()).isTrue();
            assertThat(semaphore.tryAcquire()).isTrue();
            assertThat(semaphore.tryAcquire()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"waiting", "waiting-virtually"})
    void aWaiterThatIsKilledTakesNothing(String step) throws Exception {
        try (NamedSemaphore semaphore = NamedSemaphore.create(name, 0)) {
            try (SecondProcess waiter = SecondProcess.java(Stops.class, name, step)) {
                assertThat(waiter.readLine()).isEqualTo(step);
                TimeUnit.MILLISECONDS.sleep(100); // until it does is better, but not needed
                waiter.kill();
            }
            semaphore.release(2);
            assertThat(semaphore.value()).isEqualTo(2);
            semaphore.acquire();
            assertThat(semaphore.tryAcquire()).isTrue();
        }
    }

    /** Goes on to a step, says so, and stays there. */
    static final class Stops {
        public static void main(String[] args) throws Exception {
            NamedSemaphore semaphore = NamedSemaphore.open(args[0]);
            String step = args[1];
            if (step.equals("holding") || step.equals("released")) {
                semaphore.acquire();
            }
            if (step.equals("holding-virtually")) {
                onVirtualThread(semaphore).join();
            }
            if (step.equals("released")) {
                semaphore.release();
            }
            System.out.println(step);
            if (step.equals("waiting")) {
                semaphore.acquire();
            } else if (step.equals("waiting-virtually")) {
                onVirtualThread(semaphore).join();
            }
            new CountDownLatch(1).await();
        }

        private static Thread onVirtualThread(NamedSemaphore semaphore) {
            return Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    semaphore.acquire();
                                } catch (IpcException | InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
        }
    }

    @Test
    void aCreatorThatIsKilledLeavesNothingOrAWholeSemaphore() throws Exception {
        Random random = new Random(1);
        for (int round = 0; round < KILLED_CREATORS; round++) {
            try (SecondProcess creator = SecondProcess.java(Creates.class, name)) {
                assertThat(creator.readLine()).isEqualTo("creating");
                LockSupport.parkNanos(random.nextLong(3_000_000));
                creator.kill();
            }
            if (Semaphores.exists(name)) {
                try (NamedSemaphore left = NamedSemaphore.open(name)) {
                    assertThat(left.value()).isEqualTo(7);
                    assertThat(Files.getAttribute(Semaphores.file(name), "unix:mode"))
                            .isEqualTo(0100640);
                }
                NamedSemaphore.unlink(name);
            }
            assertThat(temporaries()).isEmpty();
        }
    }

    /** What sem_open of the C library would leave: a name that it has made up. */
    private static List<Path> temporaries() throws IOException {
        try (Stream<Path> all = Files.list(Semaphores.DIRECTORY)) {
            return all.filter(f -> String.valueOf(f.getFileName()).matches("sem\\.[a-zA-Z0-9]{6}"))
                    .toList();
        }
    }

    /** Creates and unlinks one name until it is killed. */
    static final class Creates {
        public static void main(String[] args) throws Exception {
            SemaphoreOptions options =
                    SemaphoreOptions.ofPermits(7).withAccess(io.chagres.Access.mode(0640));
            for (int i = 0; ; i++) {
                NamedSemaphore.create(args[0], options).close();
                if (i == 100) {
                    System.out.println("creating");
                }
                NamedSemaphore.unlink(args[0]);
            }
        }
    }

    @Test
    @Conforms({"sem_open/4", "sem_open/10", "shm.sync/O256"})
    void ofManyThatCreateAtOnceOneWins() throws Exception {
        List<SecondProcess> racers = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                racers.add(SecondProcess.java(Races.class));
            }
            for (SecondProcess racer : racers) {
                assertThat(racer.readLine()).isEqualTo("ready");
            }
            for (int round = 0; round < 15; round++) {
                boolean exclusive = round % 2 == 0;
                for (SecondProcess racer : racers) {
                    racer.writeLine((exclusive ? "!" : "") + name);
                }
                int winners = 0;
                for (SecondProcess racer : racers) {
                    winners += Integer.parseInt(racer.readLine());
                }
                assertThat(winners).isEqualTo(exclusive ? 1 : 0); // nobody asks the others
                try (NamedSemaphore semaphore = NamedSemaphore.open(name)) {
                    assertThat(semaphore.value()).isEqualTo(RACERS); // of each one, and none twice
                }
                NamedSemaphore.unlink(name);
            }
        } finally {
            for (SecondProcess racer : racers) {
                racer.close();
            }
        }
    }

    /**
     * For each name: many threads create it at once and open it if it exists, or do both in one;
     * says how many have created it exclusively.
     */
    static final class Races {
        private static final int THREADS = RACERS / 4;

        public static void main(String[] args) throws Exception {
            BufferedReader names =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            System.out.println("ready");
            for (String name = names.readLine(); name != null; name = names.readLine()) {
                boolean exclusive = name.startsWith("!");
                String target = exclusive ? name.substring(1) : name;
                List<FutureTask<Integer>> tasks = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    FutureTask<Integer> task = new FutureTask<>(() -> race(target, exclusive));
                    tasks.add(task);
                    Thread.ofPlatform().start(task);
                }
                int won = 0;
                for (FutureTask<Integer> task : tasks) {
                    won += task.get();
                }
                System.out.println(won);
            }
        }

        /** Gives one permit, whoever has created it. */
        private static int race(String name, boolean exclusive) throws IpcException {
            SemaphoreOptions none = SemaphoreOptions.ofPermits(0);
            if (exclusive) {
                try (NamedSemaphore created = NamedSemaphore.create(name, none)) {
                    created.release();
                    return 1;
                } catch (AlreadyExistsException e) {
                    // another was faster
                }
            }
            try (NamedSemaphore semaphore = NamedSemaphore.openOrCreate(name, none)) {
                semaphore.release();
                return 0;
            }
        }
    }

    @Test
    void unlinkOnExitRemovesWhatItCreatedAndNothingElse() throws Exception {
        try (SecondProcess child = SecondProcess.java(Leaves.class, name, back)) {
            assertThat(child.readLine()).isEqualTo("created");
            assertThat(Semaphores.exists(name)).isTrue();
            NamedSemaphore.unlink(back);
            NamedSemaphore.create(back, 5).close(); // another of the same name
            child.writeLine("");
            assertThat(child.exitCode()).isZero();
        }
        assertThat(Semaphores.exists(name)).isFalse();
        try (NamedSemaphore other = NamedSemaphore.open(back)) {
            assertThat(other.value()).isEqualTo(5);
        }
    }

    /** Creates two names that end with it, and ends when it is told. */
    static final class Leaves {
        public static void main(String[] args) throws Exception {
            SemaphoreOptions options = SemaphoreOptions.ofPermits(1).withUnlinkOnExit(true);
            NamedSemaphore.create(args[0], options).close();
            NamedSemaphore.openOrCreate(args[1], options).close();
            System.out.println("created");
            System.in.read();
        }
    }
}
