// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The program of the guide's page about HTTP, against a server that is not of this library. */
@Tag("native")
@Tag("cross-process")
class HttpOverUnixSocketTest {

    private static final String PAGE = "http-over-unix-socket.md";

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    @Test
    void repliesOfEachKindAreReadOverOneConnection() throws Exception {
        String path = folder.resolve("daemon.sock").toString();
        try (SecondProcess daemon = SecondProcess.java(Daemon.class, path)) {
            assertThat(daemon.readLine()).isEqualTo("listening");
            try (SecondProcess client =
                    GuideExample.start(
                            folder,
                            PAGE,
                            "AskDaemon",
                            path,
                            "/version",
                            "/events",
                            "/nothing",
                            "/version",
                            "/absent",
                            "/until-close")) {
                String version = "200 {\"Version\": \"1\"}";
                assertThat(client.readLine()).isEqualTo(version);
                assertThat(client.readLine()).isEqualTo("200 started stopped " + "x".repeat(300));
                assertThat(client.readLine()).isEqualTo("204 ");
                assertThat(client.readLine()).isEqualTo(version);
                assertThat(client.readLine()).isEqualTo("404 no such thing");
                assertThat(client.readLine()).isEqualTo("200 until the end");
                assertThat(client.exitCode()).isZero();
            }
            assertThat(daemon.readLine()).isEqualTo("6 requests on one connection");
            assertThat(daemon.exitCode()).isZero();
        }
    }

    /** A small HTTP server on the JDK's own Unix domain sockets, for one connection. */
    static final class Daemon {

        private static final String CRLF = "\r\n";

        public static void main(String[] args) throws Exception {
            try (ServerSocketChannel server =
                    ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(args[0]));
                System.out.println("listening");
                try (SocketChannel client = server.accept();
                        BufferedReader in =
                                new BufferedReader(Channels.newReader(client, US_ASCII))) {
                    System.out.println(serve(client, in) + " requests on one connection");
                }
            }
        }

        private static int serve(SocketChannel client, BufferedReader in) throws IOException {
            int requests = 0;
            String target = "";
            while (!target.equals("/until-close")) {
                target = in.readLine().split(" ", -1)[1];
                while (!in.readLine().isEmpty()) {
                    // a header
                }
                requests++;
                reply(client, target);
            }
            return requests;
        }

        private static void reply(SocketChannel client, String target) throws IOException {
            String head = "HTTP/1.1 200 OK" + CRLF + "Server: tiny" + CRLF;
            switch (target) {
                case "/version" -> send(client, head + body("{\"Version\": \"1\"}"));
                case "/nothing" -> send(client, "HTTP/1.1 204 No Content" + CRLF + CRLF);
                case "/until-close" -> send(client, head + CRLF + "until the end");
                case "/events" -> {
                    send(client, head + "transfer-encoding: Chunked" + CRLF + CRLF + "8" + CRLF);
                    send(client, "started " + CRLF + "008;a=b" + CRLF + "stop");
                    send(client, "ped " + CRLF + "12C" + CRLF + "x".repeat(300) + CRLF);
                    send(client, "0" + CRLF + "Checked: yes" + CRLF + CRLF);
                }
                default -> send(client, "HTTP/1.1 404 Not Found" + CRLF + body("no such thing"));
            }
        }

        private static String body(String text) {
            return "Content-Length: " + text.length() + CRLF + CRLF + text;
        }

        private static void send(SocketChannel client, String text) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
            while (bytes.hasRemaining()) {
                client.write(bytes);
            }
        }
    }
}
