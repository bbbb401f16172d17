// SPDX-License-Identifier: Apache-2.0
/* Messages over one connection, for which the driver listens. */
#include "stream.h"
#include <sys/socket.h>

static int listener;

static void listen_at(int domain, const struct sockaddr *address, socklen_t length) {
    listener = socket(domain, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0) fail("socket");
    if (bind(listener, address, length) != 0 || listen(listener, 1) != 0) fail("bind");
}

/* The echo has connected already, if the driver is told to join. */
static void accept_one(void) {
    to = from = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (to < 0) fail("accept");
    close(listener);
}

static void connect_to(int domain, const struct sockaddr *address, socklen_t length) {
    to = from = socket(domain, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (to < 0 || connect(to, address, length) != 0) fail("connect");
}
