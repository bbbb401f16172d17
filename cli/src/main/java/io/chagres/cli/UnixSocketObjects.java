// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import io.chagres.InvalidNameException;
import io.chagres.Mechanism;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Unix domain sockets of one type that have names. */
final class UnixSocketObjects implements ListedObjects {

    private static final String UNKNOWN = "-";

    private final Mechanism mechanism;
    private final int type;

    /**
     * @param type as {@link UnixSocketTable} has it
     */
    UnixSocketObjects(Mechanism mechanism, int type) {
        this.mechanism = mechanism;
        this.type = type;
    }

    /** All sockets of a name: a connection has that of the server which took it. */
    private record Counts(boolean listening, int connections, int waiting) {

        private static final Counts NONE = new Counts(false, 0, 0);

        Counts plus(UnixSocketTable.Entry entry) {
            return new Counts(
                    listening || entry.listens(),
                    connections + (entry.state() == UnixSocketTable.CONNECTED ? 1 : 0),
                    waiting + (entry.state() == UnixSocketTable.CONNECTING ? 1 : 0));
        }

        String details() {
            List<String> parts = new ArrayList<>();
            if (listening) {
                parts.add("listening");
            }
            if (connections > 0) {
                parts.add(connections + " connected");
            }
            if (waiting > 0) {
                parts.add(waiting + " waiting");
            }
            return parts.isEmpty() ? "bound" : String.join(", ", parts);
        }

        Map<String, ?> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("listening", listening);
            fields.put("connected", connections);
            fields.put("waiting", waiting);
            return fields;
        }
    }

    @Override
    public Mechanism mechanism() {
        return mechanism;
    }

    @Override
    public List<NamedObject> list() throws IOException {
        Map<String, Counts> found = new LinkedHashMap<>();
        for (UnixSocketTable.Entry entry : UnixSocketTable.read()) {
            if (entry.type() == type) {
                found.put(entry.name(), found.getOrDefault(entry.name(), Counts.NONE).plus(entry));
            }
        }
        List<NamedObject> objects = new ArrayList<>();
        found.forEach((name, counts) -> objects.add(object(name, counts)));
        return objects;
    }

    private NamedObject object(String name, Counts counts) {
        Optional<SocketFile> file = file(name);
        return new NamedObject(
                mechanism.id(),
                name,
                file.map(SocketFile::owner).orElse(UNKNOWN),
                file.map(SocketFile::access).orElse(UNKNOWN),
                counts.details(),
                counts.fields());
    }

    /** Only an absolute path means the same here as where it was bound. */
    private static Optional<SocketFile> file(String name) {
        try {
            return name.startsWith("/") ? SocketFile.of(Path.of(name)) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty(); // not for this user to see
        }
    }

    /** Only what nobody has open any more: nobody could reach a socket that has lost its name. */
    @Override
    public void remove(String name) throws IOException {
        if (name.startsWith("@")) {
            throw new InvalidNameException(
                    "unlink", name, "an abstract name has no file, and is gone with its socket");
        }
        SocketFile.removeStale(Path.of(name));
    }
}
