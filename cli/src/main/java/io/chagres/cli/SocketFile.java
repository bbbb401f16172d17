// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import io.chagres.AccessDeniedException;
import io.chagres.IpcException;
import io.chagres.NotFoundException;
import io.chagres.PeerGoneException;
import io.chagres.socket.UnixAddress;
import io.chagres.socket.UnixDatagramChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The file of a Unix domain socket, which stays when the process that made it has died.
 *
 * @param owner by name
 * @param access such as {@code 0600}
 * @param key which file it is, whatever its name
 */
public record SocketFile(String owner, String access, Object key) {

    private static final String UNLINK = "unlink";
    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;
    private static final int PERMISSIONS = 07777;

    /** What a path means; empty when that is no socket, or nothing. A link is not followed. */
    public static Optional<SocketFile> of(Path path) throws IOException {
        Map<String, Object> file;
        try {
            file = Files.readAttributes(path, "unix:mode,owner,dev,ino", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        int mode = (int) Objects.requireNonNull(file.get("mode"));
        if ((mode & TYPE) != SOCKET) {
            return Optional.empty();
        }
        return Optional.of(
                new SocketFile(
                        String.valueOf(file.get("owner")),
                        String.format(Locale.ROOT, "0%03o", mode & PERMISSIONS),
                        file.get("dev") + ":" + file.get("ino")));
    }

    /**
     * Removes one that no process has open any more.
     *
     * @throws NotFoundException when there is nothing
     * @throws IOException also when it is no socket, or a process has it open
     */
    static void removeStale(Path path) throws IOException {
        Optional<SocketFile> found = of(path);
        if (found.isEmpty() && Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotFoundException(UNLINK, path.toString(), 0, "", "there is no such file");
        }
        if (found.isEmpty()) {
            throw refusal(path, "it is not a socket");
        }
        requireStale(path);
        if (of(path).equals(found)) {
            Files.deleteIfExists(path);
        }
    }

    private static void requireStale(Path path) throws IOException {
        String inUse = "a process has it open";
        String unknown = "whether a process has it open cannot be found out";
        UnixAddress address;
        try {
            address = UnixAddress.of(path);
        } catch (IllegalArgumentException e) {
            throw refusal(path, unknown + ": " + e.getMessage());
        }
        // that a datagram socket can be connected, or not for its type, tells that there is one,
        // and no server sees a connection
        try (UnixDatagramChannel probe = UnixDatagramChannel.open()) {
            probe.connect(address);
        } catch (PeerGoneException | NotFoundException e) {
            return; // nobody has it open, or it has gone meanwhile
        } catch (AccessDeniedException e) {
            // EPERM is for one that talks to somebody else
            throw refusal(path, e.symbol().equals("EPERM") ? inUse : unknown);
        } catch (IpcException e) {
            throw refusal(path, inUse);
        }
        throw refusal(path, inUse);
    }

    private static IpcException refusal(Path path, String why) {
        return new IpcException(UNLINK, path.toString(), 0, "", why);
    }
}
