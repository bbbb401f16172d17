// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import io.chagres.IpcException;
import io.chagres.LimitExceededException;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Resource;
import io.chagres.posix.Rlimit;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** Second processes that run into limits. Without a library of tests, which others cannot read. */
final class LimitChildren {

    private LimitChildren() {}

    private interface Attempt {
        MessageQueue run() throws IpcException;
    }

    private static void report(LimitExceededException e) {
        System.out.println(e.limit() + " " + e.value());
    }

    /** Opens one queue until no descriptor is left. Arguments: its name, and one that is free. */
    static final class OpensUntilRefused {
        public static void main(String[] args) throws Exception {
            List<MessageQueue> open = new ArrayList<>();
            preload(args[0], args[1]);
            System.out.println("ready");
            MessageQueueOptions options = Queues.options(1, 1);
            refused("open", open, () -> MessageQueue.open(args[0]));
            refused("openOrCreate", open, () -> MessageQueue.openOrCreate(args[0], options));
            refused("create", open, () -> MessageQueue.create(args[1], options));
            boolean works = open.get(0).trySend(Queues.bytes("works"), 0);
            System.out.println("what is open still works: " + works);
            for (MessageQueue queue : open) {
                queue.close();
            }
            try (MessageQueue again = MessageQueue.open(args[0])) {
                System.out.println("open again: " + (again.size() == 1));
            }
        }

        private static void refused(String what, List<MessageQueue> open, Attempt attempt)
                throws IpcException {
            try {
                while (true) {
                    open.add(attempt.run());
                }
            } catch (LimitExceededException e) {
                String kind = e.getClass().getSimpleName();
                System.out.println(what + " " + kind + " " + e.operation() + " " + e.symbol());
                report(e);
            }
        }

        /** A class in a folder takes a descriptor to load, of which there will be none. */
        private static void preload(String name, String free) throws Exception {
            try (MessageQueue queue = MessageQueue.open(name)) {
                Queues.send(queue, "ready", 0);
                Queues.receive(queue);
            }
            try (Arena arena = Arena.ofConfined()) {
                Rlimit.rlim_cur(arena.allocate(Rlimit.LAYOUT));
                Resource.getrlimit(Resource.RLIMIT_NOFILE, arena.allocate(Rlimit.LAYOUT));
                Unistd.close(Fcntl.open(arena.allocateFrom("/"), Fcntl.O_PATH, 0));
            }
            try {
                MessageQueue.create(free, Queues.options(Integer.MAX_VALUE, 1)).close();
            } catch (LimitExceededException e) {
                e.limit(); // the exception and what makes it are loaded now
            }
        }
    }

    /** Creates deeper and longer queues than anybody may. Argument: a name. */
    static final class AsksForTooMuch {
        public static void main(String[] args) throws Exception {
            int depth = (int) Queues.sysctl("fs.mqueue.msg_max") + 1;
            int size = (int) Queues.sysctl("fs.mqueue.msgsize_max") + 1;
            for (MessageQueueOptions options :
                    List.of(Queues.options(depth, 1), Queues.options(1, size))) {
                try {
                    MessageQueue.create(args[0], options).close();
                } catch (LimitExceededException e) {
                    System.out.println(Queues.said(e));
                    report(e);
                }
                try {
                    MessageQueue.open(args[0]).close();
                } catch (IpcException e) {
                    System.out.println(Queues.said(e));
                }
            }
        }
    }

    /** Creates the smallest queues until there are too many. */
    static final class CreatesUntilRefused {
        public static void main(String[] args) throws Exception {
            long max = Queues.sysctl("fs.mqueue.queues_max");
            System.out.println("fs.mqueue.queues_max " + max);
            try {
                for (int i = 0; i <= max; i++) {
                    MessageQueue.create("/full-" + i, Queues.options(1, 1)).close();
                }
            } catch (LimitExceededException e) {
                System.out.println(Queues.said(e));
                report(e);
            }
            MessageQueue.unlink("/full-0");
            boolean created = !Queues.exists("/full-" + max);
            MessageQueue.create("/full-" + max, Queues.options(1, 1)).close();
            System.out.println("with one less: " + created);
        }
    }
}
