// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import java.util.List;

/**
 * What a run has shown.
 *
 * @param results in the order of {@link Contenders}
 * @param leftOut what is missing among them
 */
public record CallReport(List<CallResult> results, List<LeftOutCall> leftOut) {}
