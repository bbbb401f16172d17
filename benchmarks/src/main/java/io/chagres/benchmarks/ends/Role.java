// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

/**
 * What an end is told.
 *
 * @param name the path that its objects' names begin with; for the echo what the driver has told
 * @param driver whether it is the end that measures
 * @param size bytes of a message
 */
record Role(String name, boolean driver, int size) {

    Names names() {
        return Names.of(name);
    }
}
