// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has to be undone when this process ends in the middle, by Ctrl-C for one.
 *
 * <p>Making something and noting how to undo it is one step under a lock, and the exit takes the
 * same lock and never gives it back: nothing can be made that the exit does not see, nor after it.
 */
final class Ending {

    /** Makes or undoes something. */
    interface Action {
        void run() throws IOException;
    }

    /** Makes something that can be undone. */
    interface Maker<T> {
        T make() throws IOException;
    }

    private final Deque<Action> undo = new ArrayDeque<>();
    private boolean ended;

    Ending() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end of check"));
    }

    /** Makes something of which the parts can be undone while it is made. */
    synchronized <T> T make(Action undoIt, Maker<T> maker) throws IOException {
        stopIfEnded();
        undo.push(undoIt);
        return maker.make();
    }

    /** Starts something that can be undone once it is there. */
    synchronized PeerProcess start(Maker<PeerProcess> maker) throws IOException {
        stopIfEnded();
        PeerProcess peer = maker.make();
        undo.push(peer::close);
        return peer;
    }

    /** All is undone or of no matter any more. */
    synchronized void forget() {
        undo.clear();
    }

    private synchronized void end() {
        ended = true;
        for (Action action : undo) {
            try {
                action.run();
            } catch (IOException e) {
                System.err.println("chagres: " + e.getMessage());
            }
        }
    }

    private void stopIfEnded() throws IOException {
        if (ended) {
            throw new IOException("interrupted");
        }
    }
}
