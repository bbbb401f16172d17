// SPDX-License-Identifier: Apache-2.0
/* Messages that the system keeps apart. */
#include <sys/socket.h>

static int connection;

/* What a call returns that has failed is negative. */
static void require_whole(const char *what, ssize_t count) {
    if (count == (ssize_t)size) return;
    if (count == 0) exit(PEER_GONE);
    if (count > 0) errno = EMSGSIZE;
    fail(what);
}

static void put(void) { require_whole("send", send(connection, message, size, MSG_NOSIGNAL)); }

/* With its real length, so that none is cut off in silence. */
static void get(void) { require_whole("recv", recv(connection, answer, size, MSG_TRUNC)); }
