// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

/** What cannot happen. */
final class Impossible {

    private Impossible() {}

    static AssertionError interrupt(InterruptedException e) {
        return new AssertionError("what does not wait cannot be interrupted", e);
    }
}
