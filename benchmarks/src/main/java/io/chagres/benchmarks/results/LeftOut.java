// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What was not measured, and why.
 *
 * @param mechanism its id
 * @param contender who is left out; absent if all are
 * @param placement the placement that is left out; absent if all are
 * @param size the size that is left out; absent if all are
 * @param reason for a person
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LeftOut(
        String mechanism,
        @Nullable String contender,
        @Nullable Placement placement,
        @Nullable Integer size,
        String reason) {}
