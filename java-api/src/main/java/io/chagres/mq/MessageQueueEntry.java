// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import io.chagres.Access;
import io.chagres.internal.posix.MessageQueueDirectory;
import java.util.Optional;

/**
 * A queue of this machine, as {@link MessageQueue#list} found it.
 *
 * @param name to open it by
 * @param owner the name of the user it belongs to, or the number if the user has no name
 * @param access who may open it
 * @param attributes empty when this process may not open it
 */
public record MessageQueueEntry(
        String name, String owner, Access access, Optional<MessageQueueAttributes> attributes) {

    static MessageQueueEntry of(MessageQueueDirectory.Found found) {
        return new MessageQueueEntry(
                found.name(),
                found.owner(),
                Access.mode(found.permissions()),
                found.depth() == 0
                        ? Optional.empty()
                        : Optional.of(
                                new MessageQueueAttributes(
                                        found.depth(), found.messageSize(), found.size())));
    }
}
