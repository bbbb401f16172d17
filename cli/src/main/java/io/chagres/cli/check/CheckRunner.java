// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Ipc;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Runs checks one after the other and leaves nothing behind, however they end. */
final class CheckRunner {

    private final Phases phases;
    private final Duration timeout;
    private final Ending ending = new Ending();

    CheckRunner(Phases phases, Duration timeout) {
        this.phases = phases;
        this.timeout = timeout;
    }

    CheckResult run(MechanismCheck check, PeerKind kind) throws InterruptedException {
        Optional<String> reason = Ipc.whyUnsupported(check.mechanism());
        if (reason.isPresent()) {
            return CheckResult.without(check, kind, CheckResult.Status.UNSUPPORTED, reason.get());
        }
        try {
            CheckName.removeLeftovers(check);
            return exchange(check, kind, CheckName.next());
        } catch (IOException | RuntimeException e) {
            String why = e.getMessage();
            return CheckResult.without(
                    check, kind, CheckResult.Status.FAILED, why == null ? e.toString() : why);
        }
    }

    private CheckResult exchange(MechanismCheck check, PeerKind kind, String name)
            throws IOException, InterruptedException {
        try (Exchange exchange = ending.make(() -> check.remove(name), () -> check.create(name));
                PeerProcess peer =
                        ending.start(
                                () -> PeerProcess.start(check, exchange, kind, name, phases))) {
            meet(exchange, peer);
            peer.awaitReady(timeout);
            check.remove(name); // both have it open: from here on even kill -9 leaves no name
            CheckResult result = new Driver(check, exchange, peer, phases, timeout).run(kind);
            peer.awaitEnd(timeout);
            return result;
        } finally {
            check.remove(name);
            ending.forget();
        }
    }

    private void meet(Exchange exchange, PeerProcess peer)
            throws IOException, InterruptedException {
        try {
            exchange.meet(peer.look(timeout));
        } catch (IOException e) {
            throw peer.reasonOf(e);
        }
    }
}
