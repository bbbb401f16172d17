// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.internal.posix.VsockSockets;
import java.util.OptionalLong;

/**
 * The address of a socket between virtual machines and their host.
 *
 * @param cid the machine's number, its context identifier, 0 to 2<sup>32</sup> - 1
 * @param port 0 to 2<sup>32</sup> - 1; to bind to one below 1024 takes a privilege
 * @see <a href="https://man7.org/linux/man-pages/man7/vsock.7.html">vsock(7)</a>
 */
public record VsockAddress(long cid, long port) {

    /** Every number of this machine, to bind to. */
    public static final long CID_ANY = 0xffff_ffffL;

    /** This machine, where the kernel has the loopback. */
    public static final long CID_LOCAL = 1;

    /** The host of this machine. */
    public static final long CID_HOST = 2;

    /** A port that is free, to bind to. */
    public static final long PORT_ANY = 0xffff_ffffL;

    private static final long MAX = 0xffff_ffffL;

    /** Checks the range. */
    public VsockAddress {
        require("cid", cid);
        require("port", port);
    }

    private static void require(String what, long value) {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException(what + " " + value + " is not 0 to " + MAX);
        }
    }

    /**
     * {@return the number of this machine, by which others reach it; empty where there is none or
     * {@code /dev/vsock} does not tell it} Does not block.
     *
     * @throws UnsupportedOperationException naming platform and mechanism, where there are none
     */
    public static OptionalLong localCid() {
        return VsockSockets.localCid();
    }

    /** Such as {@code vsock:2:1024}. */
    @Override
    public String toString() {
        return "vsock:" + cid + ":" + port;
    }
}
