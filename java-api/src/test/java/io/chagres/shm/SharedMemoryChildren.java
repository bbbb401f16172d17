// SPDX-License-Identifier: Apache-2.0
package io.chagres.shm;

import io.chagres.Access;
import io.chagres.IpcException;
import io.chagres.OpenMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Second processes of the tests. Without a library of tests, which others cannot read. */
final class SharedMemoryChildren {

    private SharedMemoryChildren() {}

    private interface Attempt {
        void run() throws IOException;
    }

    private static void attempt(String what, Attempt attempt) throws IOException {
        try {
            attempt.run();
            System.out.println(what + " done");
        } catch (IpcException e) {
            System.out.println(what + " " + Shared.said(e));
        }
    }

    private static BufferedReader input() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    /** Checks what it was filled with, and fills it anew. */
    static final class Answers {
        public static void main(String[] args) throws Exception {
            try (SharedMemory memory = SharedMemory.open(args[0]);
                    Mapping mapping = memory.map()) {
                System.out.println(mapping.size() + " " + Shared.isFilled(mapping.segment(), 1));
                Shared.fill(mapping.segment(), 2);
                System.out.println("filled");
            }
        }
    }

    /** Creates under each name with another way and mode. */
    static final class CreatesWithModes {
        public static void main(String[] args) throws Exception {
            SharedMemoryOptions options = SharedMemoryOptions.ofSize(1);
            SharedMemory.create(args[0], options).close();
            SharedMemory.create(args[1], options.withAccess(Access.mode(0666))).close();
            SharedMemoryOptions reading =
                    options.withAccess(Access.mode(0)).withMode(OpenMode.READ_ONLY);
            SharedMemory.openOrCreate(args[2], reading).close();
            System.out.println("made");
        }
    }

    /** Says how each operation on a name ends. */
    static final class TriesEverything {
        public static void main(String[] args) throws Exception {
            SharedMemoryOptions options = SharedMemoryOptions.ofSize(1);
            attempt("open", () -> SharedMemory.open(args[0]).close());
            attempt("read", () -> SharedMemory.open(args[0], OpenMode.READ_ONLY).close());
            attempt("openOrCreate", () -> SharedMemory.openOrCreate(args[0], options).close());
            attempt("create", () -> SharedMemory.create(args[0], options).close());
            attempt("unlink", () -> SharedMemory.unlink(args[0]));
        }
    }

    /**
     * For each name it is told: opens or creates it in eight threads at once, each of which would
     * initialize it otherwise, and says with which initializations they came back.
     */
    static final class Races {
        private static final int THREADS = 8;

        public static void main(String[] args) throws Exception {
            BufferedReader names = input();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            System.out.println("ready");
            for (String name = names.readLine(); name != null; name = names.readLine()) {
                String wanted = name;
                List<Future<Long>> all = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    long seed = Long.parseLong(args[0]) * THREADS + i + 1;
                    all.add(threads.submit(() -> race(wanted, seed)));
                }
                Set<Long> seen = new TreeSet<>();
                for (Future<Long> each : all) {
                    seen.add(each.get());
                }
                System.out.println(seen);
            }
            threads.shutdown();
        }

        private static long race(String name, long seed) throws IOException {
            SharedMemoryOptions options = SharedMemoryOptions.ofSize(8192 + 16 * seed);
            try (SharedMemory memory =
                            SharedMemory.openOrCreate(name, options, m -> initialize(m, seed));
                    Mapping mapping = memory.map(MapOptions.readOnly())) {
                MemorySegment segment = mapping.segment();
                long found = segment.get(ValueLayout.JAVA_LONG, 0);
                boolean complete =
                        segment.byteSize() == 8192 + 16 * found
                                && Shared.isFilled(segment.asSlice(8), found);
                return complete ? found : -found;
            }
        }
    }

    static void initialize(MemorySegment memory, long seed) {
        memory.set(ValueLayout.JAVA_LONG, 0, seed);
        Shared.fill(memory.asSlice(8), seed);
    }

    /** Stays in the initializer. */
    static final class StaysInTheInitializer {
        public static void main(String[] args) throws Exception {
            SharedMemory.create(
                    args[0],
                    SharedMemoryOptions.ofSize(1 << 20).withUnlinkOnExit(true),
                    memory -> {
                        memory.asSlice(0, 1 << 19).fill((byte) 1);
                        System.out.println("inside");
                        while (true) {
                            Thread.onSpinWait();
                        }
                    });
        }
    }

    /** Opens or creates, and unlinks, until it is killed. */
    static final class CreatesForEver {
        public static void main(String[] args) throws Exception {
            SharedMemoryOptions options = SharedMemoryOptions.ofSize(1 << 20);
            for (long seed = 1; ; seed++) {
                long mine = seed;
                SharedMemory.openOrCreate(args[0], options, m -> initialize(m, mine)).close();
                if (seed == 1) {
                    System.out.println("running");
                }
                SharedMemory.unlink(args[0]);
            }
        }
    }

    /** Makes anonymous memory with a byte in it, and waits. */
    static final class HoldsAnonymous {
        public static void main(String[] args) throws Exception {
            try (SharedMemory memory = SharedMemory.anonymous(SharedMemoryOptions.ofSize(4096));
                    Mapping mapping = memory.map()) {
                mapping.segment().set(ValueLayout.JAVA_BYTE, 7, (byte) 77);
                memory.seal(Set.of(Seal.SHRINK));
                System.out.println(memory.detach());
                input().readLine();
            }
        }
    }

    /** Creates what is to be unlinked at the end; waits for a line before that. */
    static final class UnlinksOnExit {
        public static void main(String[] args) throws Exception {
            SharedMemoryOptions options = SharedMemoryOptions.ofSize(1).withUnlinkOnExit(true);
            SharedMemory.create(args[0], options).close();
            System.out.println("made");
            input().readLine();
        }
    }

    /** Locks more than it may. */
    static final class Locks {
        public static void main(String[] args) throws Exception {
            try (SharedMemory memory = SharedMemory.anonymous(SharedMemoryOptions.ofSize(8192))) {
                attempt("lock", () -> memory.map(MapOptions.readWrite().withLock()).close());
                System.out.println("mappings " + Shared.mappings("memfd:chagres"));
                attempt("map", () -> memory.map().close());
            }
        }
    }

    /** On a /dev/shm of 64 KiB. */
    static final class FillsTheFileSystem {
        public static void main(String[] args) throws Exception {
            attempt("too much", () -> SharedMemory.create("/a", 128 << 10).close());
            attempt(
                    "or create",
                    () ->
                            SharedMemory.openOrCreate("/a", SharedMemoryOptions.ofSize(128 << 10))
                                    .close());
            System.out.println("objects " + SharedMemory.list().size());
            try (SharedMemory memory = SharedMemory.create("/b", 32 << 10);
                    Mapping mapping = memory.map()) {
                try {
                    memory.resize(65 << 10);
                } catch (IpcException e) {
                    System.out.println(e.getMessage());
                }
                System.out.println("size " + memory.size());
                SharedMemoryOptions sparse = SharedMemoryOptions.ofSize(1 << 20).withSparse();
                try (SharedMemory unbacked = SharedMemory.create("/c", sparse)) {
                    MapOptions prefault = MapOptions.readWrite().withPrefault();
                    attempt("prefault", () -> unbacked.map(prefault).close());
                }
                SharedMemory.unlink("/c");
                fill();
                mapping.segment().fill((byte) 1); // the first touch, and nothing is free
                System.out.println("alive " + mapping.segment().get(ValueLayout.JAVA_BYTE, 9));
            }
        }

        private static void fill() throws IOException {
            try {
                for (int i = 0; ; i++) {
                    SharedMemory.create("/fill" + i, 4096).close();
                }
            } catch (IpcException e) {
                System.out.println("full " + Shared.said(e));
            }
        }
    }

    /** Maps, waits, reads once. */
    static final class ReadsAfterTruncation {
        public static void main(String[] args) throws Exception {
            try (SharedMemory memory = SharedMemory.open(args[0]);
                    Mapping mapping = memory.map()) {
                System.out.println("mapped");
                input().readLine();
                try {
                    System.out.println(mapping.segment().get(ValueLayout.JAVA_BYTE, 8192));
                } catch (InternalError e) {
                    System.out.println("InternalError");
                }
            }
        }
    }
}
