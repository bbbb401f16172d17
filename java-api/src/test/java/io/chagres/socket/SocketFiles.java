// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.IpcException;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of sockets that have a path, and what is there. */
final class SocketFiles {

    private SocketFiles() {}

    /** What is bound to a path. */
    enum Kind {
        STREAM {
            @Override
            Channel bind(UnixAddress address, BindOptions options) throws IpcException {
                return UnixServerChannel.bind(address, options);
            }
        },
        SEQPACKET {
            @Override
            Channel bind(UnixAddress address, BindOptions options) throws IpcException {
                return UnixSeqPacketServerChannel.bind(address, options);
            }
        },
        DATAGRAM {
            @Override
            Channel bind(UnixAddress address, BindOptions options) throws IpcException {
                return UnixDatagramChannel.bind(address, options);
            }
        };

        abstract Channel bind(UnixAddress address, BindOptions options) throws IpcException;

        Channel bind(Path path) throws IpcException {
            return bind(UnixAddress.of(path), BindOptions.defaults());
        }
    }

    /** A socket file that nobody has open, as a server leaves that was killed. */
    static void leaveStale(Path path) throws IpcException {
        UnixAddress address = UnixAddress.of(path);
        UnixServerChannel.bind(address, BindOptions.defaults().withUnlinkOnClose(false)).close();
    }

    static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    static Object inode(Path path) throws IOException {
        return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
