// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Mechanism;
import io.chagres.socket.UnixSeqPacketChannel;
import io.chagres.socket.UnixSeqPacketServerChannel;
import io.chagres.socket.UnixServerChannel;
import io.chagres.socket.UnixSocketChannel;
import java.io.IOException;
import java.util.List;

/** How a mechanism takes part in {@code check}. */
interface MechanismCheck {

    /** Every mechanism that takes part, in the order of the report. */
    List<MechanismCheck> ALL =
            List.of(
                    new AnonymousPipeCheck(),
                    new FifoCheck(),
                    new PosixMqCheck(),
                    new PosixShmCheck(
                            Mechanism.POSIX_SHM, "two mailboxes in one object, named semaphores"),
                    new MemfdCheck(),
                    new PosixShmCheck(
                            Mechanism.POSIX_SEM,
                            "four semaphores that hand two mailboxes in shared memory over"),
                    new UnixCheck(
                            Mechanism.UNIX_STREAM,
                            new UnixConnecting<>(
                                    UnixServerChannel::bind,
                                    UnixSocketChannel::connect,
                                    UnixStreamLink::new),
                            "messages after their length; a memfd passed each way, credentials"),
                    new UnixCheck(
                            Mechanism.UNIX_DATAGRAM,
                            new UnixAddressing(),
                            "a memfd passed each way, credentials with each message"),
                    new UnixCheck(
                            Mechanism.UNIX_SEQPACKET,
                            new UnixConnecting<>(
                                    UnixSeqPacketServerChannel::bind,
                                    UnixSeqPacketChannel::connect,
                                    channel -> new UnixMessageLink(channel, true)),
                            "a memfd passed each way, credentials"));

    /** Which one it is; its id is also the name of the C peer. */
    Mechanism mechanism();

    /** The longest message in bytes. */
    int maxMessage();

    /** What a reader of the report should know, such as the sizes in use. */
    String note();

    /**
     * The driver's side: creates the objects of a name that nobody else uses. Objects without a
     * name are told to the peer by {@link Exchange#peerName} or given to it by {@link
     * Exchange#start}.
     */
    Exchange create(String name) throws IOException;

    /**
     * The peer's side: opens what the driver has created.
     *
     * @param name from {@link Exchange#peerName}
     */
    Exchange join(String name) throws IOException, InterruptedException;

    /** The names of all objects of this kind, as far as there are names and a list of them. */
    List<String> names();

    /** Removes what has a name; what is open lives on. Nothing to remove is no error. */
    void remove(String name) throws IOException;
}
