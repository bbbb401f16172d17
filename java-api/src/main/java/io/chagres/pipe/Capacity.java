// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

/** What holds for capacities everywhere. */
final class Capacity {

    private Capacity() {}

    static int positive(int capacity) {
        if (capacity <= 0) {
            throw new IllegalArgumentException("capacity " + capacity + " is not positive");
        }
        return capacity;
    }
}
