// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.socket.UnixAddress;
import java.util.Arrays;

/** Addresses as the bytes that {@code sun_path} has. */
public final class SocketNames {

    private SocketNames() {}

    /** Most sockets are unnamed, and cannot be found. */
    public static void requireName(UnixAddress address) {
        if (address.kind() == UnixAddress.Kind.UNNAMED) {
            throw new IllegalArgumentException("an unnamed socket cannot be found");
        }
    }

    /** Without the NUL that the system may have put after a path. */
    public static UnixAddress decode(byte[] path) {
        if (path.length == 0) {
            return UnixAddress.unnamed();
        }
        if (path[0] == 0) {
            return UnixAddress.ofAbstract(Arrays.copyOfRange(path, 1, path.length));
        }
        int end = 0;
        while (end < path.length && path[end] != 0) {
            end++;
        }
        return UnixAddress.ofPath(Arrays.copyOf(path, end));
    }

    /** A NUL before an abstract name; nothing for no address. */
    public static byte[] encode(UnixAddress address) {
        byte[] bytes = address.bytes();
        if (address.kind() != UnixAddress.Kind.ABSTRACT) {
            return bytes;
        }
        byte[] path = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, path, 1, bytes.length);
        return path;
    }
}
