// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.IpcException;
import io.chagres.socket.LocalMode;
import io.chagres.socket.LocalName;
import io.chagres.socket.LocalOptions;
import io.chagres.socket.PeerCredentials;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Makes local servers and connects to them. */
public interface LocalBackend {

    /** A server. Thread-safe. */
    interface Listener extends AutoCloseable {

        /** The name that errors have. */
        String name();

        boolean isOpen();

        /**
         * Takes a connection by a deadline.
         *
         * @return null when none came
         */
        @Nullable Connection accept(long deadline) throws IpcException, InterruptedException;

        /** Idempotent; wakes the callers inside. */
        @Override
        void close() throws IpcException;
    }

    /** An end of a connection: of a stream the first two, of messages the rest. Thread-safe. */
    interface Connection extends ByteSource, ByteSink, AutoCloseable {

        /**
         * Sends a message by a deadline.
         *
         * @return its length; {@link io.chagres.Ipc#TIMED_OUT} or {@link
         *     io.chagres.Ipc#WOULD_BLOCK}
         */
        long send(MemorySegment message, long deadline) throws IpcException, InterruptedException;

        /**
         * Receives a message by a deadline.
         *
         * @return its length; {@link io.chagres.Ipc#EOF}, {@link io.chagres.Ipc#TIMED_OUT} or
         *     {@link io.chagres.Ipc#WOULD_BLOCK}
         * @throws io.chagres.socket.MessageTooLongException when the target is too small; the next
         *     receive gets the message
         */
        long receive(MemorySegment target, long deadline) throws IpcException, InterruptedException;

        /** Who is at the other end. */
        PeerCredentials peerCredentials() throws IpcException;

        /** Idempotent; wakes the callers inside. */
        @Override
        void close() throws IpcException;
    }

    /** Opens a server. */
    Listener listen(LocalName name, LocalOptions options) throws IpcException;

    /** Connects to a server that is there, and waits until a deadline while it is busy. */
    Connection connect(LocalName name, LocalMode mode, long deadline)
            throws IpcException, InterruptedException;

    /** Connects to a server, and waits until a deadline for it to be there. */
    Connection await(LocalName name, LocalMode mode, long deadline)
            throws IpcException, InterruptedException;
}
