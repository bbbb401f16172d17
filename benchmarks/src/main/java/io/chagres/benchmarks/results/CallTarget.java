// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

/**
 * A target of calls and whether it is met.
 *
 * @param what is compared with what
 * @param measured with its interval, for a person
 * @param bound that it must not exceed, for a person
 * @param verdict of the comparison
 */
public record CallTarget(String what, String measured, String bound, Verdict verdict) {}
