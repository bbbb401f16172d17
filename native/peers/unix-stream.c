// SPDX-License-Identifier: Apache-2.0
/* The C peer for Unix domain stream sockets: connects to PATH.server. */
#include "stream.h"
#include "unix.h"

static int driver;

static void peer_open(const char *name, size_t max) {
    (void)max;
    driver = unix_open_connection(name, SOCK_STREAM);
}

static size_t peer_receive(unsigned char *buffer, size_t size) { return stream_receive(driver, buffer, size); }

static void peer_send(const unsigned char *buffer, size_t length) { stream_send(driver, buffer, length); }
