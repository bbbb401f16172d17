// SPDX-License-Identifier: Apache-2.0
/* A TCP connection over the loopback interface, without Nagle's delay. */
#include "pair.h"
#include "stream.h"
#include "listener.h"
#include "loopback.h"
#include <netinet/tcp.h>

static void create_objects(void) {
    struct sockaddr_in any_port = loopback(0);
    listen_at((struct sockaddr *)&any_port, sizeof any_port, SOCK_STREAM);
    tell_port_of(listener);
}

static void join_objects(void) {
    if (driver) {
        to = accept_one();
    } else {
        struct sockaddr_in its = told_address();
        to = connect_to((struct sockaddr *)&its, sizeof its, SOCK_STREAM);
    }
    from = to;
    if (setsockopt(to, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int)) != 0) fail("TCP_NODELAY");
}

static void remove_names(void) {}
