// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** What the ends of junixsocket have in common. */
final class Junixsocket {

    /** Where it unpacks its native library. */
    private static final String LIBRARY_FOLDER = "org.newsclub.net.unix.library.tmpdir";

    private Junixsocket() {}

    /** An address; the library is unpacked when the first one is made. */
    static AFUNIXSocketAddress address(String path) throws IOException {
        File file = new File(path);
        // Beside the socket: that folder is removed even if this process is killed.
        System.setProperty(LIBRARY_FOLDER, String.valueOf(file.getParent()));
        return AFUNIXSocketAddress.of(file);
    }

    static void delete(String path) throws IOException {
        Files.deleteIfExists(Path.of(path));
    }
}
