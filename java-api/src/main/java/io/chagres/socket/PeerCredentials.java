// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.internal.posix.SocketCredentials;

/**
 * Who a peer is, as the kernel vouches for it. The ids are those of this process's own namespaces.
 *
 * <p>The id of a process that has ended is given to another one some day. So do not look the
 * process up by it, for its executable or its arguments: {@link UnixSocketChannel#peerProcess}
 * gives the process that is proven to be the peer.
 *
 * @param pid the process; 0 when it cannot be seen from here, such as from another container
 * @param uid its effective user
 * @param gid its effective group
 */
public record PeerCredentials(long pid, long uid, long gid) {

    private static final long MAX_ID = 0xffff_ffffL;

    /** Checks the ranges. */
    public PeerCredentials {
        if (pid < 0 || pid > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("pid " + pid + " is out of range");
        }
        if (uid < 0 || uid > MAX_ID || gid < 0 || gid > MAX_ID) {
            throw new IllegalArgumentException(
                    "uid " + uid + " or gid " + gid + " is out of range");
        }
    }

    /**
     * {@return those of this process}
     *
     * @throws UnsupportedOperationException on a platform without them
     */
    public static PeerCredentials own() {
        return SocketCredentials.own();
    }
}
