// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Names that no other process has. */
final class CallNames {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private CallNames() {}

    /** For POSIX objects. */
    static String next() {
        return "/" + base();
    }

    /** For files. */
    static Path nextPath() {
        return Path.of(System.getProperty("java.io.tmpdir"), base());
    }

    private static String base() {
        return "chagres-calls-" + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet();
    }
}
