// SPDX-License-Identifier: Apache-2.0
/* A stream socket with a path. */
#include "pair.h"
#include "listener.h"
#include <sys/un.h>

static struct sockaddr_un address(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(names[0]) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        fail(names[0]);
    }
    memcpy(address.sun_path, names[0], strlen(names[0]));
    return address;
}

static void create_objects(void) {
    struct sockaddr_un mine = address();
    listen_at(AF_UNIX, (struct sockaddr *)&mine, sizeof mine);
}

static void join_objects(void) {
    struct sockaddr_un its = address();
    if (driver) {
        accept_one();
    } else {
        connect_to(AF_UNIX, (struct sockaddr *)&its, sizeof its);
    }
}

static void remove_names(void) { unlink(names[0]); }
