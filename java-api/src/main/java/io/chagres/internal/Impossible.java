// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

/** What cannot happen. */
public final class Impossible {

    private Impossible() {}

    /** The error for an interrupt of what does not wait. */
    public static AssertionError interrupt(InterruptedException e) {
        return new AssertionError("what does not wait cannot be interrupted", e);
    }
}
