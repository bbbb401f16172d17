// SPDX-License-Identifier: Apache-2.0
/* A connection of the SOCKET_TYPE that is defined before, at a path. */
#include "listener.h"
#include "unix-address.h"

static void create_objects(void) {
    struct sockaddr_un mine = address_of(0);
    listen_at((struct sockaddr *)&mine, sizeof mine, SOCKET_TYPE);
}

static void join_objects(void) {
    struct sockaddr_un its = address_of(0);
    connection = driver ? accept_one() : connect_to((struct sockaddr *)&its, sizeof its, SOCKET_TYPE);
}

static void remove_names(void) { unlink(names[0]); }
