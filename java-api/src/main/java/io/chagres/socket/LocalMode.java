// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

/** What a local connection transfers. Server and client must have chosen the same. */
public enum LocalMode {
    /** Bytes, without boundaries. */
    STREAM,
    /** Messages: each is received as it was sent. */
    MESSAGE
}
