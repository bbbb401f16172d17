// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.IpcException;

/**
 * A descriptor that the service manager has passed, with its name there.
 *
 * @param name as in {@code FileDescriptorName=} of the unit or {@code FDNAME=} of the store; {@code
 *     unknown} where the manager tells none
 * @param descriptor to be made the handle of what it is
 * @see Systemd#takeDescriptors
 */
public record NamedDescriptor(String name, PassedDescriptor descriptor) implements AutoCloseable {

    /**
     * Closes the descriptor, unless it was taken. Idempotent.
     *
     * @throws IpcException when the system could not; it is closed all the same
     */
    @Override
    public void close() throws IpcException {
        descriptor.close();
    }
}
