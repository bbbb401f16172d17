// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.startup;

import io.chagres.benchmarks.harness.BenchDirectory;
import io.chagres.benchmarks.harness.Endings;
import io.chagres.benchmarks.harness.Progress;
import io.chagres.benchmarks.results.LeftOut;
import io.chagres.benchmarks.results.StartUpCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Whole cold JVMs from start to end, in turns: each contender's wall time as a multiple of the
 * hello world that ran just before it. The JDK's own linker is the floor of what we can reach. Each
 * program runs also with an AOT cache, trained by a run of its own, where the JDK has them.
 */
public final class StartUp {

    private static final int AOT_CACHES_SINCE = 25;
    private static final String ALLOW = "--enable-native-access=ALL-UNNAMED";
    private static final String MESSAGE = "one message";
    private static final String CACHED = ", AOT cache";
    private static final Map<String, Double> TARGETS = Map.of(MESSAGE, 2.0, MESSAGE + CACHED, 1.5);

    private static final String BENCHMARK = "start-up";
    private static final double SECONDS_OF_TRAINING = 2;
    private static final double SECONDS_OF_TURN = 0.25;

    private final int rounds;
    private final Progress progress;
    private final BooleanSupplier ended;
    private final List<StartUpContender> contenders = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /**
     * Of these rounds.
     *
     * @param rounds how often each contender runs
     * @param progress is told how far it is
     * @param ended whether to stop early
     */
    public StartUp(int rounds, Progress progress, BooleanSupplier ended) {
        this.rounds = rounds;
        this.progress = progress;
        this.ended = ended;
        int turns = (hasCaches() ? 2 : 1) * programs().size();
        progress.expect(turns * (rounds + 1) * SECONDS_OF_TURN);
        progress.expect(hasCaches() ? programs().size() * SECONDS_OF_TRAINING : 0);
    }

    /**
     * Measures. What was measured is kept even if it is ended in the middle.
     *
     * @throws IOException when files cannot be written
     * @throws InterruptedException when the thread is interrupted
     */
    public void run() throws IOException, InterruptedException {
        try (BenchDirectory directory = BenchDirectory.onDisk()) {
            Path folder = directory.path();
            addContenders(folder);
            if (hasCaches()) {
                addCached(folder);
            }
            Program hello = Program.of(HelloWorld.class, folder);
            for (int round = 0; round <= rounds; round++) {
                measureRound(round, hello);
            }
        }
    }

    /** What each contender has shown; those without an AOT cache come first. */
    public List<StartUpCost> results() {
        return contenders.stream()
                .filter(StartUpContender::isMeasured)
                .map(StartUpContender::cost)
                .toList();
    }

    /** What was not measured. */
    public List<LeftOut> leftOut() {
        return leftOut;
    }

    private static boolean hasCaches() {
        return Runtime.version().feature() >= AOT_CACHES_SINCE;
    }

    private static Map<String, Class<?>> programs() {
        Map<String, Class<?>> programs = new LinkedHashMap<>();
        programs.put("the JDK's linker and getpid", BareLinker.class);
        programs.put("one message by the JDK's linker alone", BareMessage.class);
        programs.put(MESSAGE, OneMessage.class);
        programs.put("one pipe", OnePipe.class);
        programs.put("one permit", OnePermit.class);
        programs.put("one mapping", OneMapping.class);
        return programs;
    }

    private void addContenders(Path folder) {
        programs().forEach((name, main) -> add(name, Program.of(main, folder, ALLOW)));
    }

    private void add(String name, Program program) {
        contenders.add(new StartUpContender(name, program, TARGETS.get(name)));
    }

    /** Each with a cache that a run of its own has trained. */
    private void addCached(Path folder) throws InterruptedException {
        for (Map.Entry<String, Class<?>> program : programs().entrySet()) {
            if (ended.getAsBoolean()) {
                return;
            }
            String name = program.getKey() + CACHED;
            Class<?> main = program.getValue();
            Path cache = folder.resolve(main.getSimpleName() + ".aot");
            progress.begin(BENCHMARK + ", AOT caches: " + program.getKey());
            try {
                Program.of(main, folder, ALLOW, "-XX:AOTCacheOutput=" + cache).nanos();
                if (!Files.exists(cache)) {
                    throw new IOException("its training has left no cache");
                }
                // A JVM that cannot use the cache fails instead of being measured without.
                String[] options = {ALLOW, "-XX:AOTCache=" + cache, "-XX:AOTMode=on"};
                add(name, Program.of(main, folder, options));
            } catch (IOException e) {
                leaveOut(name, e);
            }
            progress.done(SECONDS_OF_TRAINING);
        }
    }

    /** Everybody once; the first round only warms the disk. */
    private void measureRound(int round, Program hello) throws InterruptedException {
        for (StartUpContender contender : List.copyOf(contenders)) {
            if (ended.getAsBoolean()) {
                return;
            }
            progress.begin(
                    BENCHMARK + ", " + rounds + " rounds: " + round + ", " + contender.name());
            try {
                contender.measure(hello, round > 0);
            } catch (IOException e) {
                if (leaveOut(contender.name(), e)) {
                    contenders.remove(contender);
                }
            }
            progress.done(SECONDS_OF_TURN);
        }
    }

    /** False if it is the end of all. */
    private boolean leaveOut(String name, IOException e) {
        if (Endings.explain(ended)) {
            return false;
        }
        leftOut.add(LeftOut.ofBenchmark(BENCHMARK, name, String.valueOf(e.getMessage())));
        return true;
    }
}
