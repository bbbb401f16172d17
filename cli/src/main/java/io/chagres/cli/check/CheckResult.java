// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One row of the report.
 *
 * @param messages whole messages exchanged and verified, in both directions
 * @param bytes payload of those
 * @param roundTrip of 64 bytes each way; null when none was timed
 * @param messagesPerSecond of 64 bytes one way; 0 when none was timed
 * @param note what to know about it, or why it is not ok
 */
record CheckResult(
        String mechanism,
        String peer,
        Status status,
        long messages,
        long bytes,
        @JsonProperty("roundTripNanos") @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable RoundTrip roundTrip,
        @JsonIgnore long messagesPerSecond,
        String note) {

    /** How it went. */
    enum Status {
        @JsonProperty("ok")
        OK,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("unsupported")
        UNSUPPORTED
    }

    /** Nanoseconds. */
    record RoundTrip(long p50, long p99) {}

    static CheckResult without(MechanismCheck check, PeerKind peer, Status status, String note) {
        return new CheckResult(check.mechanism().id(), peer.id(), status, 0, 0, null, 0, note);
    }
}
