// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

import io.chagres.LimitExceededException;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Resource;
import io.chagres.posix.Rlimit;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Second processes that run into limits. Without a library of tests, which others cannot read. */
final class PipeLimitChildren {

    private PipeLimitChildren() {}

    private static void report(String what, LimitExceededException e) {
        System.out.println(
                what + " " + e.operation() + " " + e.symbol() + " " + e.limit() + " " + e.value());
    }

    /** Asks for more than anybody may have. */
    static final class AsksForTooMuch {
        public static void main(String[] args) throws Exception {
            int tooMuch = Integer.parseInt(args[0]) * 2;
            try {
                AnonymousPipe.open(PipeOptions.defaults().withCapacity(tooMuch)).close();
            } catch (LimitExceededException e) {
                report("open", e);
            }
            try (AnonymousPipe pipe = AnonymousPipe.open()) {
                pipe.sink().capacity(tooMuch);
            } catch (LimitExceededException e) {
                report("change", e);
            }
        }
    }

    /** Opens pipes until no descriptor is left. Argument: where a FIFO could be. */
    static final class OpensUntilRefused {
        public static void main(String[] args) throws Exception {
            preload(args[0]);
            List<AnonymousPipe> open = new ArrayList<>();
            Path fifo = Path.of(args[0]);
            int last = -1;
            try {
                while (true) {
                    open.add(AnonymousPipe.open());
                }
            } catch (LimitExceededException e) {
                report("pipe", e);
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment root = arena.allocateFrom("/");
                int count = 0;
                int fd = Fcntl.open(root, Fcntl.O_PATH, 0);
                while (fd >= 0) {
                    last = fd;
                    count++;
                    fd = Fcntl.open(root, Fcntl.O_PATH, 0);
                }
                System.out.println("at most one is left: " + (count <= 1));
            }
            try {
                Fifo.create(fifo);
            } catch (LimitExceededException e) {
                report("fifo", e);
            }
            if (last >= 0) {
                Unistd.close(last);
            }
            boolean all = true;
            for (AnonymousPipe pipe : open) {
                pipe.sink().write(new byte[3]);
                all &= pipe.source().read(new byte[3]) == 3;
                pipe.close();
            }
            System.out.println("every pipe works: " + all);
        }

        /** A class in a folder takes a descriptor to load, of which there will be none. */
        private static void preload(String path) throws Exception {
            try (AnonymousPipe pipe = AnonymousPipe.open();
                    Arena arena = Arena.ofConfined()) {
                pipe.sink().write(new byte[1]);
                pipe.source().read(new byte[1]);
                Rlimit.rlim_cur(arena.allocate(Rlimit.LAYOUT));
                Resource.getrlimit(Resource.RLIMIT_NOFILE, arena.allocate(Rlimit.LAYOUT));
                Unistd.close(Fcntl.open(arena.allocateFrom("/"), Fcntl.O_PATH, 0));
            }
            Fifo.create(Path.of(path));
            Fifo.unlink(Path.of(path));
            try {
                AnonymousPipe.open(PipeOptions.defaults().withCapacity(Integer.MAX_VALUE)).close();
            } catch (LimitExceededException e) {
                report("loaded", e); // and what makes it
            }
        }
    }
}
