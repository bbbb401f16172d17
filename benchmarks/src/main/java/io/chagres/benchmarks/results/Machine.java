// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

/**
 * What it was measured on.
 *
 * @param platform as {@code ./chagres check} names it
 * @param cpu the model
 * @param cpus how many this process may use
 * @param virtual whether this is a virtual machine, whose host moves the CPUs
 * @param kernel the system and its release
 * @param distribution its name
 * @param jdk the version of the Java that ran
 * @param compiler of the C twins; empty if there was none
 */
public record Machine(
        String platform,
        String cpu,
        int cpus,
        boolean virtual,
        String kernel,
        String distribution,
        String jdk,
        String compiler) {}
