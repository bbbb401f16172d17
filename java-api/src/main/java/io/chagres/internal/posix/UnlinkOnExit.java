// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Names that are removed when the JVM ends in an orderly way. Before that it is looked whether the
 * name still means the object that was created: another's is left alone.
 */
final class UnlinkOnExit {

    private static final Queue<Entry> ENTRIES = new ConcurrentLinkedQueue<>();

    /** How a kind of object is found and removed by name. */
    interface Names {
        /** What the name means now. */
        FileId find(String name) throws IpcException;

        /** Removes it. */
        void unlink(String name) throws IpcException;
    }

    private record Entry(Names names, String name, FileId id) {
        void unlinkIfSame() {
            try {
                if (names.find(name).equals(id)) {
                    names.unlink(name);
                }
            } catch (IpcException e) {
                // gone already, or no longer ours to remove: nothing to be done at this point
            }
        }
    }

    /** Runs once, when the JVM ends. */
    private static final class Hook {
        static {
            Runtime.getRuntime().addShutdownHook(new Thread(Hook::run, "chagres-unlink"));
        }

        private Hook() {}

        static void install() {
            // by the initialiser
        }

        private static void run() {
            ENTRIES.forEach(Entry::unlinkIfSame);
        }
    }

    private UnlinkOnExit() {}

    static void add(Names names, String name, FileId id) {
        Hook.install();
        ENTRIES.removeIf(e -> e.names.equals(names) && e.name.equals(name));
        ENTRIES.add(new Entry(names, name, id));
    }

    /** For a name that was removed by its own process. */
    static void remove(Names names, String name) {
        ENTRIES.removeIf(e -> e.names.equals(names) && e.name.equals(name));
    }
}
