// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.posix.Sockets;

/** What a socket transfers. */
enum SocketType {
    STREAM(Sockets.SOCK_STREAM, "stream"),
    DATAGRAM(Sockets.SOCK_DGRAM, "datagram"),
    SEQPACKET(Sockets.SOCK_SEQPACKET, "seqpacket");

    private final int number;
    private final String text;

    SocketType(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** That of {@code socket}. */
    int number() {
        return number;
    }

    /** Whether it has no boundaries of messages. */
    boolean isStream() {
        return this == STREAM;
    }

    static String describe(int number) {
        for (SocketType each : values()) {
            if (each.number == number) {
                return each.text;
            }
        }
        return "of type " + number;
    }

    @Override
    public String toString() {
        return text;
    }
}
