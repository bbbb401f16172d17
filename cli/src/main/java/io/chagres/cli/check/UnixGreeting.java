// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.MessageInfo;
import io.chagres.shm.SharedMemory;
import io.chagres.socket.Envelope;
import io.chagres.socket.PassedDescriptor;
import io.chagres.socket.PeerCredentials;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/**
 * What both sides do before the messages: the peer says hello, the driver passes a {@link
 * UnixLetter}, and the peer passes one back that it can only have written after reading that. Each
 * greeting comes with the credentials of its sender, which are verified, and so is every byte. The
 * C peers do the same with {@code native/peers/unix.h}.
 */
final class UnixGreeting {

    /** Is asked once in a while during a wait. */
    interface Patience {
        /**
         * Passes while it is worth waiting.
         *
         * @param what the other side is waited for to do
         */
        void requireInTime(String what) throws IOException;
    }

    private static final int LENGTH = Payload.FIXED_LENGTH;

    private final UnixLink link;
    private final Patience patience;

    private UnixGreeting(UnixLink link, Patience patience) {
        this.link = link;
        this.patience = patience;
    }

    /** The driver's side. */
    static void drive(UnixLink link, PeerCredentials peer, Patience patience)
            throws IOException, InterruptedException {
        link.expect(peer);
        new UnixGreeting(link, patience).drive();
        link.greeted();
    }

    /** The peer's side. */
    static void answer(UnixLink link, PeerCredentials driver)
            throws IOException, InterruptedException {
        link.expect(driver);
        new UnixGreeting(link, what -> {}).answer();
        link.greeted();
    }

    private void drive() throws IOException, InterruptedException {
        receive(new MessageInfo(), 0, Payload.REPLY, "say hello");
        long number = new Random().nextLong();
        try (SharedMemory letter = UnixLetter.write(number, Payload.REQUEST)) {
            send(Envelope.of(letter), 1, Payload.REQUEST, "take a descriptor");
        }
        try (PassedDescriptor reply = receiveLetter(Payload.REPLY)) {
            if (UnixLetter.read(reply, Payload.REPLY) != number) {
                throw new WrongPayloadException("the memory that was passed answers another one");
            }
        }
    }

    private void answer() throws IOException, InterruptedException {
        // told and not left to the kernel, since the driver may not have asked for them yet
        Envelope sender = Envelope.empty().withCredentials(PeerCredentials.own());
        send(sender, 0, Payload.REPLY, "take a hello");
        long number;
        try (PassedDescriptor letter = receiveLetter(Payload.REQUEST)) {
            number = UnixLetter.read(letter, Payload.REQUEST);
        }
        try (SharedMemory reply = UnixLetter.write(number, Payload.REPLY)) {
            send(sender.withDescriptors(reply), 1, Payload.REPLY, "take a descriptor");
        }
    }

    private PassedDescriptor receiveLetter(int direction) throws IOException, InterruptedException {
        MessageInfo info = MessageInfo.forDescriptors(1);
        try {
            receive(info, 1, direction, "pass a descriptor");
            if (info.descriptorCount() == 0) {
                throw new IOException("a greeting came without its descriptor");
            }
            return info.takeDescriptor();
        } finally {
            info.closeDescriptors();
        }
    }

    private void send(Envelope envelope, long number, int direction, String what)
            throws IOException, InterruptedException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = arena.allocate(LENGTH);
            Payload.fill(message, number, direction);
            while (!link.send(message, envelope, PeerProcess.LOOK)) {
                patience.requireInTime(what);
            }
        }
    }

    private void receive(MessageInfo info, long number, int direction, String what)
            throws IOException, InterruptedException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = arena.allocate(LENGTH);
            int length = link.receive(message, info, PeerProcess.LOOK);
            while (length < 0) {
                patience.requireInTime(what);
                length = link.receive(message, info, PeerProcess.LOOK);
            }
            Payload.verify(message.asSlice(0, length), number, direction, LENGTH);
        }
    }
}
