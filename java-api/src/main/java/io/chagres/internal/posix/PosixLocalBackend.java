// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.Access;
import io.chagres.IpcException;
import io.chagres.NotFoundException;
import io.chagres.PeerGoneException;
import io.chagres.TimedOutException;
import io.chagres.internal.Deadline;
import io.chagres.internal.LocalBackend;
import io.chagres.posix.Errno;
import io.chagres.socket.BindOptions;
import io.chagres.socket.LocalMode;
import io.chagres.socket.LocalName;
import io.chagres.socket.LocalOptions;
import io.chagres.socket.UnixAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Local servers that are Unix domain sockets: streams, or sequenced packets for messages. */
public final class PosixLocalBackend implements LocalBackend {

    /** The only one. */
    public static final LocalBackend INSTANCE = new PosixLocalBackend();

    private static final String CONNECT = "connect";

    /** No name has it, so none is that of a lock file beside a socket. */
    private static final String SUFFIX = ".sock";

    private PosixLocalBackend() {}

    @Override
    public Listener listen(LocalName name, LocalOptions options) throws IpcException {
        Access access = options.access();
        if (name.path().isEmpty() && !access.equals(Access.ownerOnly())) {
            throw new IllegalArgumentException(
                    "the short name "
                            + name
                            + " is for its owner only, and not for access "
                            + access
                            + ": use a path");
        }
        UnixSockets sockets = sockets(options.mode());
        sockets.require();
        UnixAddress address = address(name, true);
        BindOptions bind = BindOptions.defaults().withAccess(access).withBacklog(options.backlog());
        return new PosixLocalListener(sockets.listen(address, bind));
    }

    @Override
    public Connection connect(LocalName name, LocalMode mode, long deadline)
            throws IpcException, InterruptedException {
        UnixSockets sockets = sockets(mode);
        sockets.require();
        UnixAddress address = address(name, false);
        try {
            BindOptions none = BindOptions.defaults();
            return new PosixLocalConnection(sockets.connect(address, null, none, deadline));
        } catch (IpcException e) {
            throw e.code() == Errno.EPROTOTYPE ? otherMode(address, mode, e) : e;
        }
    }

    @Override
    public Connection await(LocalName name, LocalMode mode, long deadline)
            throws IpcException, InterruptedException {
        Backoff backoff = new Backoff();
        while (true) {
            IpcException absent;
            try {
                return connect(name, mode, deadline);
            } catch (NotFoundException | PeerGoneException e) {
                absent = e;
            }
            if (Deadline.remainingNanos(deadline) <= 0) {
                String why = "no server has appeared (" + absent.getMessage() + ")";
                TimedOutException late = new TimedOutException(CONNECT, name.toString(), why);
                late.initCause(absent);
                throw late;
            }
            backoff.pause(deadline);
            if (Thread.interrupted()) {
                throw new InterruptedException(CONNECT + " " + name);
            }
        }
    }

    private static UnixSockets sockets(LocalMode mode) {
        return switch (mode) {
            case STREAM -> UnixSockets.LOCAL_STREAM;
            case MESSAGE -> UnixSockets.LOCAL_MESSAGE;
        };
    }

    private static UnixAddress address(LocalName name, boolean create) throws IpcException {
        Optional<Path> path = name.path();
        if (path.isPresent()) {
            return UnixAddress.of(path.get());
        }
        UserDirectory directory = new UserDirectory();
        String folder = create ? directory.create() : directory.find();
        return UnixAddress.of(folder + "/" + name + SUFFIX);
    }

    private static IpcException otherMode(UnixAddress address, LocalMode mode, IpcException cause) {
        IpcException other =
                new IpcException(
                        CONNECT,
                        address.toString(),
                        cause.code(),
                        cause.symbol(),
                        "the server is not of mode " + mode + ", which the client has asked for");
        other.initCause(cause);
        return other;
    }

    /**
     * A server.
     *
     * @param socket that listens
     */
    private record PosixLocalListener(PosixListener socket) implements Listener {

        @Override
        public String name() {
            return socket.name();
        }

        @Override
        public boolean isOpen() {
            return socket.isOpen();
        }

        @Override
        public @Nullable Connection accept(long deadline)
                throws IpcException, InterruptedException {
            PosixSocket accepted = socket.accept(deadline);
            return accepted == null ? null : new PosixLocalConnection(accepted);
        }

        @Override
        public void close() throws IpcException {
            socket.close();
        }
    }
}
