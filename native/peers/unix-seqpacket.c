// SPDX-License-Identifier: Apache-2.0
/* The C peer for Unix domain sequenced-packet sockets: connects to PATH.server. */
#include "unix.h"

static int driver;

static void peer_open(const char *name, size_t max) {
    (void)max;
    driver = unix_open_connection(name, SOCK_SEQPACKET);
}

static size_t peer_receive(unsigned char *buffer, size_t size) {
    int passed;
    size_t length = unix_receive(driver, buffer, size, &passed);
    if (length == 0) {
        fprintf(stderr, "the connection has ended\n");
        exit(1);
    }
    return length;
}

static void peer_send(const unsigned char *buffer, size_t length) { unix_send(driver, buffer, length); }
