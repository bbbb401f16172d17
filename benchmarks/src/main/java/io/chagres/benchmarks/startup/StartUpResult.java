// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.startup;

/**
 * What a contender's whole run costs.
 *
 * @param contender its name
 * @param median wall time as a multiple of hello world's
 * @param low the lower quartile
 * @param high the upper quartile
 * @param rounds how often it ran
 */
public record StartUpResult(String contender, double median, double low, double high, int rounds) {}
