// SPDX-License-Identifier: Apache-2.0
/* Messages over a stream socket. */
#include <sys/socket.h>

static int connection;

static void put(void) {
    for (size_t sent = 0; sent < size;) {
        ssize_t count = send(connection, message + sent, size - sent, MSG_NOSIGNAL);
        if (count < 0) fail("send");
        sent += (size_t)count;
    }
}

static void get(void) {
    for (size_t got = 0; got < size;) {
        ssize_t count = recv(connection, answer + got, size - got, 0);
        if (count == 0) exit(PEER_GONE);
        if (count < 0) fail("recv");
        got += (size_t)count;
    }
}
