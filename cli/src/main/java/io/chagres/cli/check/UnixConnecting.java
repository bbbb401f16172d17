// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.TimedOutException;
import io.chagres.socket.BindOptions;
import io.chagres.socket.UnixAddress;
import io.chagres.socket.UnixChannel;
import io.chagres.socket.UnixServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Connections: the driver is the server. */
final class UnixConnecting<C extends UnixChannel> implements UnixRendezvous {

    private static final String SUFFIX = ".server";

    /** Makes a server. */
    interface Binder<C> {
        UnixServer<C> bind(UnixAddress address, BindOptions options) throws IOException;
    }

    /** Connects to it. */
    interface Connector<C> {
        C connect(UnixAddress address) throws IOException, InterruptedException;
    }

    private final Binder<C> binder;
    private final Connector<C> connector;
    private final Function<C, UnixLink> link;

    UnixConnecting(Binder<C> binder, Connector<C> connector, Function<C, UnixLink> link) {
        this.binder = binder;
        this.connector = connector;
        this.link = link;
    }

    @Override
    public List<String> suffixes() {
        return List.of(SUFFIX);
    }

    @Override
    public Place open(String path) throws IOException {
        UnixServer<C> server = binder.bind(UnixAddress.of(path + SUFFIX), NEW_PATH);
        return new Place() {
            @Override
            public Optional<UnixLink> await(Duration timeout)
                    throws IOException, InterruptedException {
                try {
                    return Optional.of(link.apply(server.accept(timeout)));
                } catch (TimedOutException e) {
                    return Optional.empty();
                }
            }

            @Override
            public void close() throws IOException {
                server.close();
            }
        };
    }

    @Override
    public UnixLink join(String path) throws IOException, InterruptedException {
        return link.apply(connector.connect(UnixAddress.of(path + SUFFIX)));
    }
}
