// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import io.chagres.Mechanism;
import java.io.IOException;
import java.util.List;

/** How a mechanism whose objects have names takes part in {@code rm}. */
interface NamedObjects {

    /** Every mechanism that takes part, in the order of {@code ls}. */
    List<NamedObjects> ALL =
            List.of(
                    new PosixMqObjects(),
                    new PosixShmObjects(),
                    new PosixSemObjects(),
                    new FifoObjects(),
                    new UnixSocketObjects(Mechanism.UNIX_STREAM, UnixSocketTable.STREAM),
                    new UnixSocketObjects(Mechanism.UNIX_DATAGRAM, UnixSocketTable.DATAGRAM),
                    new UnixSocketObjects(Mechanism.UNIX_SEQPACKET, UnixSocketTable.SEQPACKET));

    /** Which one it is. */
    Mechanism mechanism();

    /**
     * Removes a name. Processes that have the object open go on using it.
     *
     * @param name as {@code ls} shows it
     * @throws io.chagres.NotFoundException when there is nothing of that name
     */
    void remove(String name) throws IOException;
}
