// SPDX-License-Identifier: Apache-2.0
/*
 * Two datagram sockets with paths, each connected to the other: then a sender waits for room, and is held
 * by its own buffer only.
 */
#include "pair.h"
#include "socket-messages.h"
#include "unix-address.h"

static void bind_to(int index) {
    struct sockaddr_un mine = address_of(index);
    connection = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (connection < 0 || bind(connection, (struct sockaddr *)&mine, sizeof mine) != 0) fail("bind");
}

static void create_objects(void) { bind_to(0); }

/* A datagram of the echo tells the driver that its socket is there. */
static void join_objects(void) {
    char byte = 0;
    if (!driver) bind_to(1);
    if (driver && recv(connection, &byte, 1, 0) != 1) fail("recv");
    struct sockaddr_un its = address_of(driver ? 1 : 0);
    if (connect(connection, (struct sockaddr *)&its, sizeof its) != 0) fail("connect");
    if (!driver && send(connection, &byte, 1, MSG_NOSIGNAL) != 1) fail("send");
}

static void remove_names(void) {
    for (int i = 0; i < 2; i++) unlink(names[i]);
}
