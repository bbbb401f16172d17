// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Where the mappings that a handle has made end in the object, so that it is not shrunk beneath
 * them. Whoever maps or shrinks holds the lock of this while the object's size must not change.
 */
final class MappedEnds {

    private final NavigableMap<Long, Integer> counts = new TreeMap<>();

    synchronized void add(long end) {
        counts.merge(end, 1, Integer::sum);
    }

    synchronized void remove(long end) {
        counts.computeIfPresent(end, (key, count) -> count == 1 ? null : count - 1);
    }

    /** The end of the mapping that reaches furthest; 0 when there is none. */
    synchronized long last() {
        return counts.isEmpty() ? 0 : counts.lastKey();
    }
}
