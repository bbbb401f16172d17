// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.MessageInfo;
import io.chagres.socket.PeerCredentials;
import java.io.IOException;

/** The process that has to be at the other end of a socket: one of this user. */
final class UnixPeer {

    private UnixPeer() {}

    /** A process of the same user and group as this one. */
    static PeerCredentials of(long pid) {
        PeerCredentials own = PeerCredentials.own();
        return new PeerCredentials(pid, own.uid(), own.gid());
    }

    /** Passes what the kernel says of who has connected. */
    static void requireConnected(PeerCredentials actual, PeerCredentials expected)
            throws IOException {
        require("at the other end is ", actual, expected);
    }

    /** Passes a message with the credentials of who has to be its sender. */
    static void requireSender(MessageInfo message, PeerCredentials expected) throws IOException {
        if (message.credentials().isEmpty()) {
            throw new IOException("a message came without the credentials of its sender");
        }
        require("a message is from ", message.credentials().orElseThrow(), expected);
    }

    private static void require(String what, PeerCredentials actual, PeerCredentials expected)
            throws IOException {
        if (!actual.equals(expected)) {
            throw new IOException(what + describe(actual) + ", not " + describe(expected));
        }
    }

    private static String describe(PeerCredentials who) {
        return "process " + who.pid() + " (" + who.uid() + ":" + who.gid() + ")";
    }
}
