// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.TimedOutException;
import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueOptions;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.pipe.Fifo;
import io.chagres.socket.BindOptions;
import io.chagres.socket.Envelope;
import io.chagres.socket.SocketPair;
import io.chagres.socket.UnixAddress;
import io.chagres.socket.UnixDatagramChannel;
import io.chagres.socket.UnixSeqPacketChannel;
import io.chagres.socket.UnixServerChannel;
import io.chagres.socket.UnixSocketChannel;
import io.chagres.sync.NamedSemaphore;
import io.chagres.test.TestNames;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;

/** Every operation that may wait, on something that never becomes ready. */
enum Waits {
    QUEUE_RECEIVE {
        @Override
        Wait open(Path folder) throws IpcException {
            MessageQueue queue = queue();
            return new Wait(
                    timeout -> queue.receive(new byte[8], new MessageInfo(), timeout) >= 0, queue);
        }
    },
    QUEUE_SEND {
        @Override
        Wait open(Path folder) throws IpcException {
            MessageQueue queue = queue();
            queue.trySend(new byte[1], 0);
            return new Wait(timeout -> queue.trySend(new byte[1], 0, timeout), queue);
        }
    },
    PIPE_READ {
        @Override
        Wait open(Path folder) throws IpcException {
            AnonymousPipe pipe = AnonymousPipe.open();
            return new Wait(
                    timeout -> pipe.source().read(new byte[1], timeout) >= 0,
                    pipe.source(),
                    pipe.sink());
        }
    },
    PIPE_WRITE {
        @Override
        Wait open(Path folder) throws IpcException {
            AnonymousPipe pipe = AnonymousPipe.open();
            byte[] packet = new byte[4096];
            int written;
            do {
                written = pipe.sink().tryWrite(packet);
            } while (written > 0);
            return new Wait(
                    timeout -> pipe.sink().write(packet, timeout) >= 0, pipe.sink(), pipe.source());
        }
    },
    FIFO_OPEN_TO_READ {
        @Override
        Wait open(Path folder) throws IpcException {
            Path path = fifo(folder);
            return new Wait(timeout -> opens(() -> Fifo.openSource(path, timeout)), null);
        }
    },
    FIFO_OPEN_TO_WRITE {
        @Override
        Wait open(Path folder) throws IpcException {
            Path path = fifo(folder);
            return new Wait(timeout -> opens(() -> Fifo.openSink(path, timeout)), null);
        }
    },
    SOCKET_ACCEPT {
        @Override
        Wait open(Path folder) throws IpcException {
            UnixServerChannel server = UnixServerChannel.bind(address(folder));
            return new Wait(timeout -> opens(() -> server.accept(timeout)), server);
        }
    },
    SOCKET_CONNECT {
        @Override
        Wait open(Path folder) throws Exception {
            UnixAddress address = address(folder);
            UnixServerChannel server =
                    UnixServerChannel.bind(address, BindOptions.defaults().withBacklog(0));
            UnixSocketChannel first = UnixSocketChannel.connect(address);
            return new Wait(
                    timeout -> opens(() -> UnixSocketChannel.connect(address, timeout)),
                    null,
                    () -> {
                        first.close();
                        server.close();
                    });
        }
    },
    SOCKET_READ {
        @Override
        Wait open(Path folder) throws IpcException {
            SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair();
            return new Wait(
                    timeout -> pair.first().read(new byte[1], timeout) >= 0,
                    pair.first(),
                    pair.second());
        }
    },
    SOCKET_WRITE {
        @Override
        Wait open(Path folder) throws IpcException {
            SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair();
            byte[] block = new byte[4096];
            int written;
            do {
                written = pair.first().tryWrite(block);
            } while (written > 0);
            return new Wait(
                    timeout -> pair.first().write(block, timeout) >= 0,
                    pair.first(),
                    pair.second());
        }
    },
    SOCKET_RECEIVE {
        @Override
        Wait open(Path folder) throws IpcException {
            SocketPair<UnixDatagramChannel> pair = UnixDatagramChannel.pair();
            return new Wait(
                    timeout -> pair.first().receive(message(), new MessageInfo(), timeout) >= 0,
                    pair.first(),
                    pair.second());
        }
    },
    SOCKET_SEND {
        @Override
        Wait open(Path folder) throws IpcException {
            SocketPair<UnixSeqPacketChannel> pair = UnixSeqPacketChannel.pair();
            boolean sent;
            do {
                sent = pair.first().trySend(message());
            } while (sent);
            return new Wait(
                    timeout -> pair.first().trySend(message(), timeout),
                    pair.first(),
                    pair.second());
        }
    },
    SOCKET_SEND_TO {
        @Override
        Wait open(Path folder) throws IpcException {
            UnixAddress address = address(folder);
            UnixDatagramChannel receiver = UnixDatagramChannel.bind(address);
            UnixDatagramChannel sender = UnixDatagramChannel.open();
            Envelope to = Envelope.to(address);
            boolean sent;
            do {
                sent = sender.trySend(message(), to);
            } while (sent);
            return new Wait(timeout -> sender.trySend(message(), to, timeout), sender, receiver);
        }
    },
    SEMAPHORE_ACQUIRE {
        @Override
        Wait open(Path folder) throws IpcException {
            String name = TestNames.posix();
            NamedSemaphore semaphore = NamedSemaphore.create(name, 0);
            NamedSemaphore.unlink(name);
            return new Wait(semaphore::tryAcquire, semaphore);
        }
    };

    interface Operation {
        /** Whether it succeeded, which it must not. */
        boolean run(Duration timeout) throws Exception;
    }

    private interface Opening {
        AutoCloseable open() throws Exception;
    }

    /**
     * An operation that waits.
     *
     * @param operation with its timeout
     * @param handle that ends it when it is closed; null when there is none yet
     * @param peer that must stay open meanwhile; may be null
     */
    record Wait(Operation operation, AutoCloseable handle, AutoCloseable peer)
            implements AutoCloseable {

        Wait(Operation operation, AutoCloseable handle) {
            this(operation, handle, null);
        }

        @Override
        public void close() throws Exception {
            if (handle != null) {
                handle.close();
            }
            if (peer != null) {
                peer.close();
            }
        }
    }

    abstract Wait open(Path folder) throws Exception;

    private static MessageQueue queue() throws IpcException {
        String name = TestNames.posix();
        MessageQueueOptions options = MessageQueueOptions.defaults().withDepth(1);
        MessageQueue queue = MessageQueue.create(name, options.withMessageSize(8));
        MessageQueue.unlink(name);
        return queue;
    }

    private static UnixAddress address(Path folder) {
        return UnixAddress.of(folder.resolve(TestNames.posix().substring(1)));
    }

    private static MemorySegment message() {
        return MemorySegment.ofArray(new byte[8]);
    }

    private static Path fifo(Path folder) throws IpcException {
        Path path = folder.resolve(TestNames.posix().substring(1));
        Fifo.create(path);
        return path;
    }

    private static boolean opens(Opening opening) throws Exception {
        try (AutoCloseable opened = opening.open()) {
            return true;
        } catch (TimedOutException e) {
            return false;
        }
    }
}
