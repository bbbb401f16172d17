// SPDX-License-Identifier: Apache-2.0
package io.chagres.event;

/** What a handle is ready for. */
public enum Readiness {
    /** A read or receive would not wait. */
    READABLE,
    /** A write or send would not wait. */
    WRITABLE,
    /** The peer has closed its end, or something is wrong: the next operation tells. */
    HANG_UP
}
