// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.Ipc;
import io.chagres.IpcException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A second process in which a server answers a thousand clients that are all connected at once; all
 * of them are virtual threads. Argument: an abstract name.
 */
final class EchoesToAThousand {

    private static final int CLIENTS = 1000;
    private static final int ROUNDS = 5;

    private EchoesToAThousand() {}

    public static void main(String[] args) throws Exception {
        UnixAddress address = UnixAddress.ofAbstract(args[0]);
        BindOptions options = BindOptions.defaults().withBacklog(10);
        try (UnixServerChannel server = UnixServerChannel.bind(address, options);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Future<Void>>> accepting =
                    threads.submit(
                            () -> {
                                List<Future<Void>> answering = new ArrayList<>();
                                for (int i = 0; i < CLIENTS; i++) {
                                    UnixSocketChannel client = server.accept();
                                    answering.add(threads.submit(() -> answer(client)));
                                }
                                return answering;
                            });
            List<UnixSocketChannel> open = new ArrayList<>();
            List<Future<Boolean>> asking = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                UnixSocketChannel client = UnixSocketChannel.connect(address);
                open.add(client);
                int number = i;
                asking.add(threads.submit(() -> ask(client, number)));
            }
            int right = 0;
            for (Future<Boolean> each : asking) {
                right += each.get() ? 1 : 0;
            }
            System.out.println(right + " of " + CLIENTS + " were answered");
            for (UnixSocketChannel each : open) {
                each.close();
            }
            for (Future<Void> each : accepting.get()) {
                each.get();
            }
        }
    }

    private static Void answer(UnixSocketChannel client) throws IpcException, InterruptedException {
        try (client) {
            byte[] message = new byte[Integer.BYTES];
            while (client.readFully(message) != Ipc.EOF) {
                client.write(message);
            }
            return null;
        }
    }

    private static boolean ask(UnixSocketChannel client, int number) throws Exception {
        byte[] answer = new byte[Integer.BYTES];
        for (int i = 0; i < ROUNDS; i++) {
            int question = number * ROUNDS + i;
            client.write(ByteBuffer.allocate(Integer.BYTES).putInt(question).array());
            client.readFully(answer);
            if (ByteBuffer.wrap(answer).getInt() != question) {
                return false;
            }
        }
        return true;
    }
}
