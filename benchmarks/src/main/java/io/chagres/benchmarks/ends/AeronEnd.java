// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import java.io.File;
import java.io.IOException;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** A stream of Aeron each way, over memory, with the media driver in a process of its own. */
final class AeronEnd extends PollingEnd {

    private static final String CHANNEL = "aeron:ipc";
    private static final int THERE = 1;
    private static final int BACK = 2;

    /** How often it looks whether the other end has come. */
    private static final long LOOK_MILLIS = 1;

    private final String directory;
    private final BufferClaim claim = new BufferClaim();
    private final UnsafeBuffer out = new UnsafeBuffer(message.asByteBuffer());
    private final UnsafeBuffer in = new UnsafeBuffer(answer.asByteBuffer());
    private int received;

    @SuppressWarnings("NullAway.Init") // by join
    private ExclusivePublication to;

    @SuppressWarnings("NullAway.Init")
    private Image from;

    @SuppressWarnings("NullAway.Init")
    private FragmentHandler handler;

    private boolean fits;

    AeronEnd(Role role) {
        super(role);
        directory = role.driver() ? role.name() + ".aeron" : role.name();
    }

    @Override
    void create() throws IOException {
        AeronDriverMain.start(directory);
    }

    @Override
    String peerName() {
        return directory;
    }

    @Override
    void join() throws InterruptedException {
        Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(directory));
        to = aeron.addExclusivePublication(CHANNEL, role.driver() ? THERE : BACK);
        Subscription subscription = aeron.addSubscription(CHANNEL, role.driver() ? BACK : THERE);
        while (!to.isConnected() || subscription.imageCount() == 0) {
            Thread.sleep(LOOK_MILLIS);
        }
        from = subscription.imageAtIndex(0);
        fits = size <= to.maxPayloadLength();
        FragmentHandler copy =
                (buffer, offset, length, header) -> {
                    in.putBytes(0, buffer, offset, length);
                    received++;
                };
        handler = fits ? copy : new FragmentAssembler(copy, size);
    }

    /** What is mapped stays, also for the media driver, which then leaves nothing when it ends. */
    @Override
    void removeNames() {
        IoUtil.delete(new File(directory), true);
    }

    @Override
    boolean offer() throws IOException {
        long position;
        if (fits) {
            position = to.tryClaim(size, claim);
            if (position > 0) {
                claim.buffer().putBytes(claim.offset(), out, 0, size);
                claim.commit();
                return true;
            }
        } else {
            position = to.offer(out, 0, size);
            if (position > 0) {
                return true;
            }
        }
        if (position == Publication.BACK_PRESSURED || position == Publication.ADMIN_ACTION) {
            return false;
        }
        throw new IOException("Aeron: " + Publication.errorString(position));
    }

    @Override
    int poll(int limit) {
        received = 0;
        from.poll(handler, limit);
        return received;
    }
}
