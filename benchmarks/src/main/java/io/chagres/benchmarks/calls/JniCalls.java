// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

/** The same functions through JNI: {@code native/baselines/jni/calls.c}. */
final class JniCalls {

    static {
        load();
    }

    private JniCalls() {}

    /**
     * Absolute value.
     *
     * @see <a href="https://man7.org/linux/man-pages/man3/labs.3.html">labs(3)</a>
     */
    static native long labs(long value);

    /**
     * The id of this process.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/getpid.2.html">getpid(2)</a>
     */
    static native int getpid();

    @SuppressWarnings("restricted") // it is what is measured
    private static void load() {
        System.load(Baselines.jni().toAbsolutePath().toString());
    }
}
