// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/** A stream socket with a path, as junixsocket has it. */
final class UnixStreamJunixsocketEnd extends ChannelEnd {

    /** Where it unpacks its native library. */
    private static final String LIBRARY_FOLDER = "org.newsclub.net.unix.library.tmpdir";

    private final File path;

    @SuppressWarnings("NullAway.Init") // by create
    private AFUNIXServerSocketChannel listener;

    UnixStreamJunixsocketEnd(Role role) {
        super(role);
        path = new File(role.names().there());
        // Beside the socket: that folder is removed even if this process is killed.
        System.setProperty(LIBRARY_FOLDER, String.valueOf(path.getParent()));
    }

    @Override
    void create() throws IOException {
        listener = AFUNIXServerSocketChannel.open();
        listener.bind(AFUNIXSocketAddress.of(path));
    }

    @Override
    void join() throws IOException {
        AFUNIXSocketChannel socket =
                role.driver()
                        ? listener.accept()
                        : AFUNIXSocketChannel.open(AFUNIXSocketAddress.of(path));
        use(socket, socket);
    }

    @Override
    void removeNames() throws IOException {
        Files.delete(Path.of(path.getPath()));
    }
}
