// SPDX-License-Identifier: Apache-2.0
/* One connection, for which the driver listens. */
#include <sys/socket.h>

static int listener;

static void listen_at(const struct sockaddr *address, socklen_t length, int type) {
    listener = socket(address->sa_family, type | SOCK_CLOEXEC, 0);
    if (listener < 0) fail("socket");
    if (bind(listener, address, length) != 0 || listen(listener, 1) != 0) fail("bind");
}

/* The echo has connected already, if the driver is told to join. */
static int accept_one(void) {
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0) fail("accept");
    close(listener);
    return fd;
}

static int connect_to(const struct sockaddr *address, socklen_t length, int type) {
    int fd = socket(address->sa_family, type | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, address, length) != 0) fail("connect");
    return fd;
}
