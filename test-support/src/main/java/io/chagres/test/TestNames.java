// SPDX-License-Identifier: Apache-2.0
package io.chagres.test;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Names for the objects of tests that nobody else uses: by process id and a counter. */
public final class TestNames {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Collection<String> ISSUED = new ConcurrentLinkedQueue<>();

    private TestNames() {}

    /** A name of the POSIX form, with a leading slash. */
    public static String posix() {
        return issue("/" + ownMark() + COUNTER.incrementAndGet());
    }

    /** What every name of this process has in it, and none of another. */
    static String ownMark() {
        return "chagres-test-" + ProcessHandle.current().pid() + "-";
    }

    /** Has a name watched by the leak check that was made otherwise. */
    public static String issue(String name) {
        ISSUED.add(name);
        return name;
    }

    static List<String> issued() {
        return List.copyOf(ISSUED);
    }
}
