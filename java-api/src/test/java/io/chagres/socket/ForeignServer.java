// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.test.SecondProcess;
import java.io.IOException;
import java.nio.file.Path;

/** A server that is not ours and knows nothing of lock files, in Python. */
final class ForeignServer {

    /**
     * Serves a path for a moment, dies, and so on. While it serves, a client must reach it there.
     * Prints how often it has served, and how often it was not reached.
     */
    private static final String SCRIPT =
            """
            import os, socket, struct, sys, time
            path, unlinks, end = sys.argv[1], sys.argv[2] == "unlinks", float(sys.argv[3])
            def reached():
                with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
                    try:
                        client.connect(path)
                    except OSError:
                        return 0
                    peer = client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
                    return struct.unpack("iII", peer)[0]
            def remove_dead():
                with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as probe:
                    try:
                        probe.connect(path)
                    except ConnectionRefusedError:
                        os.unlink(path)
                    except OSError:
                        pass
            served = lost = 0
            print("begun", flush=True)
            end += time.monotonic()
            while time.monotonic() < end:
                with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
                    try:
                        if unlinks:
                            remove_dead()
                        server.bind(path)
                    except OSError:
                        continue
                    server.listen(50)
                    served += 1
                    if any(reached() != os.getpid() for i in range(20)):
                        lost += 1
            print("served", served, "lost", lost, flush=True)
            """;

    private ForeignServer() {}

    /**
     * Starts it.
     *
     * @param unlinks whether it removes what is dead, without a lock
     */
    static SecondProcess start(Path path, boolean unlinks, double seconds) throws IOException {
        return SecondProcess.program(
                "python3",
                "-c",
                SCRIPT,
                path.toString(),
                unlinks ? "unlinks" : "binds",
                Double.toString(seconds));
    }
}
