// SPDX-License-Identifier: Apache-2.0
package io.chagres.test;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** The kinds of threads that every blocking operation is tested on. */
public enum Threads {
    PLATFORM,
    VIRTUAL;

    /** A thread of the kind, a daemon. */
    public Thread unstarted(String name, Runnable task) {
        return this == VIRTUAL
                ? Thread.ofVirtual().name(name).unstarted(task)
                : Thread.ofPlatform().daemon().name(name).unstarted(task);
    }

    /** Each kind with each of some values, for a parameterized test. */
    public static List<Arguments> with(Object... values) {
        List<Arguments> all = new ArrayList<>();
        for (Threads kind : values()) {
            for (Object value : values) {
                all.add(Arguments.of(kind, value));
            }
        }
        return all;
    }
}
