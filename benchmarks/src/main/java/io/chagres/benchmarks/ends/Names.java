// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.util.List;

/**
 * The two objects of a pair of ends.
 *
 * @param there the one from the driver to the echo
 * @param back the other way
 */
record Names(String there, String back) {

    /**
     * Of what an end is told: a path that both begin with, or both as {@link #toString} puts them.
     */
    static Names of(String name) {
        int comma = name.indexOf(',');
        return comma < 0
                ? new Names(name + ".there", name + ".back")
                : new Names(name.substring(0, comma), name.substring(comma + 1));
    }

    /** The same as POSIX objects are named: a slash and what the paths end with. */
    Names posix() {
        return new Names(
                there.substring(there.lastIndexOf('/')), back.substring(back.lastIndexOf('/')));
    }

    List<String> both() {
        return List.of(there, back);
    }

    String to(boolean driver) {
        return driver ? there : back;
    }

    String from(boolean driver) {
        return driver ? back : there;
    }

    @Override
    public String toString() {
        return there + "," + back;
    }
}
