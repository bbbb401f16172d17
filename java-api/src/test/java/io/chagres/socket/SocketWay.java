// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.IpcException;
import io.chagres.MessageInfo;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * A pair of sockets of any type that is sent through with what goes with it, waiting in one way or
 * another. Without a library of tests, for second processes.
 */
final class SocketWay implements AutoCloseable {

    /** What the sockets are. */
    enum Kind {
        STREAM,
        DATAGRAM,
        SEQPACKET
    }

    /** How calls wait. */
    enum Waiting {
        BLOCKING,
        TIMED,
        TRY
    }

    private static final Duration LONG = Duration.ofSeconds(30);

    private final SocketPair<? extends UnixChannel> pair;
    private final Waiting waiting;

    private SocketWay(SocketPair<? extends UnixChannel> pair, Waiting waiting) {
        this.pair = pair;
        this.waiting = waiting;
    }

    static SocketWay open(Kind kind, Waiting waiting) throws IpcException {
        return new SocketWay(
                switch (kind) {
                    case STREAM -> UnixSocketChannel.pair();
                    case DATAGRAM -> UnixDatagramChannel.pair();
                    case SEQPACKET -> UnixSeqPacketChannel.pair();
                },
                waiting);
    }

    static SocketWay open(Kind kind) throws IpcException {
        return open(kind, Waiting.BLOCKING);
    }

    UnixChannel sender() {
        return pair.first();
    }

    UnixChannel receiver() {
        return pair.second();
    }

    /** Sends, which must succeed. */
    void send(MemorySegment message, Envelope envelope) throws Exception {
        if (!isSent(message, envelope)) {
            throw new AssertionError("there is no room");
        }
    }

    private boolean isSent(MemorySegment message, Envelope envelope) throws Exception {
        if (sender() instanceof UnixSocketChannel stream) {
            long count =
                    switch (waiting) {
                        case BLOCKING -> stream.write(message, envelope);
                        case TIMED -> stream.write(message, envelope, LONG);
                        case TRY -> stream.tryWrite(message, envelope);
                    };
            return count == message.byteSize();
        }
        UnixMessageChannel messages = (UnixMessageChannel) sender();
        if (waiting == Waiting.BLOCKING) {
            messages.send(message, envelope);
            return true;
        }
        return waiting == Waiting.TRY
                ? messages.trySend(message, envelope)
                : messages.trySend(message, envelope, LONG);
    }

    /** Receives with what comes with it. */
    long receive(MemorySegment target, MessageInfo info) throws Exception {
        if (receiver() instanceof UnixSocketChannel stream) {
            return switch (waiting) {
                case BLOCKING -> stream.read(target, info);
                case TIMED -> stream.read(target, info, LONG);
                case TRY -> stream.tryRead(target, info);
            };
        }
        UnixMessageChannel messages = (UnixMessageChannel) receiver();
        return switch (waiting) {
            case BLOCKING -> messages.receive(target, info);
            case TIMED -> messages.receive(target, info, LONG);
            case TRY -> messages.tryReceive(target, info);
        };
    }

    /** Receives without. */
    long receive(MemorySegment target) throws Exception {
        return receiver() instanceof UnixSocketChannel stream
                ? stream.read(target)
                : ((UnixMessageChannel) receiver()).receive(target);
    }

    @Override
    public void close() throws IpcException {
        pair.close();
    }
}
