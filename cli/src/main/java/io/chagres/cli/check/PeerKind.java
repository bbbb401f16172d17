// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the second process is. */
enum PeerKind {
    JAVA("java") {
        @Override
        List<String> command(MechanismCheck check) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            String modulePath = System.getProperty("jdk.module.path");
            if (modulePath != null) {
                command.add("--enable-native-access=io.chagres.posix");
                command.addAll(List.of("--module-path", modulePath, "--module"));
                command.add("io.chagres.cli/" + PeerMain.class.getName());
            } else {
                command.add("--enable-native-access=ALL-UNNAMED");
                command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
                command.add(PeerMain.class.getName());
            }
            command.add(check.mechanism().id());
            return command;
        }
    },

    C("c") {
        @Override
        List<String> command(MechanismCheck check) throws IOException {
            String directory = System.getProperty(PEERS_PROPERTY);
            if (directory == null) {
                throw new IOException("no C peers: -D" + PEERS_PROPERTY + " is not set");
            }
            Path peer = Path.of(directory, check.mechanism().id());
            if (!Files.isExecutable(peer)) {
                throw new IOException("no C peer at " + peer + "; the build makes it with cc");
            }
            return List.of(peer.toString());
        }
    };

    /** Names the folder of the C peers that the build has made. */
    private static final String PEERS_PROPERTY = "chagres.peers";

    private final String id;

    PeerKind(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** The command line, to which the name and the numbers are appended. */
    abstract List<String> command(MechanismCheck check) throws IOException;
}
