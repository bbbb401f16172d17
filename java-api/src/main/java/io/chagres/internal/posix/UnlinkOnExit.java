// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Unistd;
import java.util.List;
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

    /** No pin: the kind of file system never gives an inode's number to another file. */
    static final int NONE = -1;

    /**
     * A name to remove.
     *
     * @param pin a descriptor that keeps the inode, so that its number stays the object's alone
     */
    record Entry(Names names, String name, FileId id, int pin) {
        boolean isOf(Names otherNames, String otherName) {
            return names.equals(otherNames) && name.equals(otherName);
        }

        /** Removes the name if it means the same object still. */
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

    private static boolean hooked;

    private UnlinkOnExit() {}

    /**
     * To be called before an object is created whose name shall be removed.
     *
     * @throws IllegalStateException when the JVM is ending already
     */
    static synchronized void prepare() {
        if (!hooked) {
            Thread hook = new Thread(UnlinkOnExit::run, "chagres-unlink");
            Runtime.getRuntime().addShutdownHook(hook);
            hooked = true;
        }
    }

    private static void run() {
        ENTRIES.forEach(Entry::unlinkIfSame);
    }

    /** For objects on the kernel's own file systems, whose inodes are numbered upwards. */
    static void add(Names names, String name, FileId id) {
        add(names, name, id, NONE);
    }

    /** Takes over {@code pin}, which is open on the object. */
    static void add(Names names, String name, FileId id, int pin) {
        add(new Entry(names, name, id, pin));
    }

    /** Takes over its pin. */
    static void add(Entry entry) {
        forget(of(entry.names, entry.name));
        ENTRIES.add(entry);
    }

    /**
     * What is to be removed under a name now: for who removes it himself and then lets {@link
     * #forget} these, and not what another thread creates meanwhile.
     */
    static List<Entry> of(Names names, String name) {
        if (ENTRIES.isEmpty()) { // most often
            return List.of();
        }
        return ENTRIES.stream().filter(e -> e.isOf(names, name)).toList();
    }

    /** Not to be removed any more. */
    static void forget(List<Entry> entries) {
        for (Entry entry : entries) {
            if (ENTRIES.remove(entry) && entry.pin != NONE) {
                Unistd.close(entry.pin);
            }
        }
    }
}
