// SPDX-License-Identifier: Apache-2.0
/*
 * The C peer for Unix domain datagram sockets: has the address PATH.peer and talks to PATH.driver. Each
 * message tells who has sent it, since there is no connection that could.
 */
#include "unix.h"

static int own;

static void peer_open(const char *name, size_t max) {
    (void)max;
    unix_name(name);
    own = unix_socket(SOCK_DGRAM);
    struct sockaddr_un address = unix_address(".peer");
    if (bind(own, (struct sockaddr *)&address, sizeof address) < 0) peer_fail(address.sun_path);
    unix_connect(own, ".driver");
    unix_greeting(own);
}

static size_t peer_receive(unsigned char *buffer, size_t size) {
    int passed;
    return unix_receive(own, buffer, size, &passed);
}

static void peer_send(const unsigned char *buffer, size_t length) { unix_send(own, buffer, length); }
