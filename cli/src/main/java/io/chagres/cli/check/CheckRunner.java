// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Ipc;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs checks one after the other and leaves nothing behind, however they end. */
final class CheckRunner {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final Phases phases;
    private final Duration timeout;
    private volatile @Nullable PeerProcess running;

    CheckRunner(Phases phases, Duration timeout) {
        this.phases = phases;
        this.timeout = timeout;
    }

    CheckResult run(MechanismCheck check, PeerKind kind) throws InterruptedException {
        Optional<String> reason = Ipc.whyUnsupported(check.mechanism());
        if (reason.isPresent()) {
            return CheckResult.without(check, kind, CheckResult.Status.UNSUPPORTED, reason.get());
        }
        String name =
                "/chagres-check-" + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet();
        Thread atExit = new Thread(() -> abandon(check, name), "abandon " + name);
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            return exchange(check, kind, name);
        } catch (IOException | UnsupportedOperationException e) {
            return CheckResult.without(
                    check, kind, CheckResult.Status.FAILED, String.valueOf(e.getMessage()));
        } finally {
            removeQuietly(check, name);
            forget(atExit);
        }
    }

    private CheckResult exchange(MechanismCheck check, PeerKind kind, String name)
            throws IOException, InterruptedException {
        try (Exchange exchange = check.create(name);
                PeerProcess peer = PeerProcess.start(check, kind, name, phases)) {
            running = peer;
            peer.awaitReady(timeout);
            check.remove(name); // both have it open: from here on even kill -9 leaves no name
            CheckResult result = new Driver(check, exchange, peer, phases, timeout).run(kind);
            peer.awaitEnd(timeout);
            return result;
        }
    }

    /** For an exit in the middle, by Ctrl-C for one: names and peer go with this process. */
    private void abandon(MechanismCheck check, String name) {
        removeQuietly(check, name);
        PeerProcess peer = running;
        if (peer != null) {
            peer.close();
        }
    }

    private static void removeQuietly(MechanismCheck check, String name) {
        try {
            check.remove(name);
        } catch (IOException e) {
            System.err.println("chagres: " + e.getMessage());
        }
    }

    private static void forget(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // exiting already: the hook runs
        }
    }
}
