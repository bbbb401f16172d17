// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

/**
 * A contender that could not take part.
 *
 * @param benchmark what was to be done
 * @param contender by what
 * @param reason why not
 */
public record LeftOutCall(String benchmark, String contender, String reason) {}
