// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;

/**
 * What has yet to become open, and waits for its peer to do so: one thread's, and not yet anybody
 * else's. A platform thread waits in the system call. A virtual one, and one that must not wait,
 * looks from time to time whether the peer is there: nothing in the system tells.
 */
abstract class Opening extends Handle {

    private final Backoff backoff = new Backoff();

    Opening(String kind, String name) {
        super(kind, name);
    }

    @Override
    final boolean park(BlockingCall call) throws IpcException, InterruptedException {
        block(call);
        return call.mayGoOn();
    }

    @Override
    final void block(BlockingCall call) {
        backoff.pause(call.deadline());
    }

    /** Whether the call may wait in the system: only a kick ends it at a deadline. */
    static boolean mayWaitInSystem(BlockingCall call) {
        if (!call.mayBlock() || WakeSignal.number() == 0) {
            return false;
        }
        if (!call.blocksWithoutEnd()) {
            Kicker.hurry();
        }
        return true;
    }

    @Override
    final void wakeParked() {
        // nobody closes it while somebody is inside
    }

    @Override
    final void passOn(int direction) {
        // each opening has one thread
    }

    @Override
    final void forget() {
        // nothing watches it
    }

    @Override
    final void release() {
        // the descriptors are the caller's
    }
}
