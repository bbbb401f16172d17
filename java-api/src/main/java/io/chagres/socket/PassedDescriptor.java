// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.Borrowable;
import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.internal.posix.LooseDescriptor;

/**
 * A descriptor that another process has passed to this one, such as with a message. It is open and
 * close-on-exec, and belongs to this until it becomes the handle of what it is, is given away, or
 * closed. Thread-safe; no method blocks, unless the system's {@code close} does.
 *
 * <pre>{@code
 * try (PassedDescriptor passed = info.takeDescriptor();
 *         SharedMemory memory = passed.as(SharedMemory::adopt)) { ... }
 * }</pre>
 */
public final class PassedDescriptor implements Borrowable, AutoCloseable {

    private final LooseDescriptor descriptor;

    private PassedDescriptor(LooseDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Takes over a descriptor of any kind, which is made close-on-exec.
     *
     * @param fd an open descriptor; from now on this owns it
     * @return what owns it
     * @throws IllegalArgumentException when the number is negative
     * @throws IpcException when nothing is open under it
     */
    public static PassedDescriptor adopt(int fd) throws IpcException {
        return new PassedDescriptor(LooseDescriptor.adopt(fd));
    }

    /**
     * Takes over an open descriptor.
     *
     * @param <T> the handle
     */
    @FunctionalInterface
    public interface Adopter<T> {

        /**
         * Takes it over, or leaves it open and throws, such as the {@code adopt} of every handle.
         *
         * @param fd an open descriptor
         * @return the handle that owns it now
         * @throws IpcException when it is not what it should be
         */
        T adopt(int fd) throws IpcException;
    }

    /**
     * Makes it the handle of what it is: {@code as(SharedMemory::adopt)}, {@code
     * as(PipeSource::adopt)}, {@code as(MessageQueue::adopt)}, {@code
     * as(UnixSocketChannel::adopt)}. Each looks whether the descriptor is what it should be.
     *
     * @param <T> the handle
     * @param adopter takes it over
     * @return the handle; this is closed then and no longer owns the descriptor
     * @throws ClosedException when it was taken already
     * @throws IpcException when it is not what it should be; it still is this one's
     */
    public <T> T as(Adopter<T> adopter) throws IpcException {
        return descriptor.handOver(adopter);
    }

    @Override
    public BorrowedDescriptor borrow() throws IpcException {
        return descriptor.borrow();
    }

    /**
     * Gives the number to the caller, who must close it. This is closed then.
     *
     * @return the descriptor, close-on-exec
     * @throws ClosedException when it was taken already
     */
    public int detach() throws IpcException {
        return descriptor.detach();
    }

    /** {@return what it is open on, as in {@code a socket}, for a message to people} */
    public String describe() {
        return descriptor.describe();
    }

    /**
     * Closes the descriptor, unless it was taken. Idempotent.
     *
     * @throws IpcException when the system could not; it is closed all the same
     */
    @Override
    public void close() throws IpcException {
        descriptor.close();
    }

    /** What it is open on. */
    @Override
    public String toString() {
        return "PassedDescriptor[" + describe() + "]";
    }
}
