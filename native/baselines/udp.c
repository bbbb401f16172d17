// SPDX-License-Identifier: Apache-2.0
/*
 * Datagrams over the loopback interface. What a receiver has no room for is lost, so whoever sends many
 * awaits an acknowledgement of every few, which a receiver's default buffer has room for.
 *
 * The Java twin is io.chagres.benchmarks.ends.UdpJdkEnd.
 */
#define STREAMS_OTHERWISE
#include "pair.h"
#include "loopback.h"

enum { MOST_UNANSWERED = 16, MOST_BYTES = 65536, ACKNOWLEDGEMENT = 8 };

static int connection;
static uint64_t window, streamed;

static void create_objects(void) {
    struct sockaddr_in any_port = loopback(0);
    connection = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (connection < 0 || bind(connection, (struct sockaddr *)&any_port, sizeof any_port) != 0) fail("bind");
    tell_port_of(connection);
}

/* A datagram of the echo tells its port, before the driver is told to join. */
static void join_objects(void) {
    struct sockaddr_in its = told_address();
    if (driver) {
        socklen_t length = sizeof its;
        if (recvfrom(connection, NULL, 0, 0, (struct sockaddr *)&its, &length) < 0) fail("recvfrom");
    } else {
        connection = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    }
    if (connection < 0 || connect(connection, (struct sockaddr *)&its, sizeof its) != 0) fail("connect");
    if (!driver && send(connection, "", 1, 0) < 0) fail("send");
    window = MOST_BYTES / size;
    if (window > MOST_UNANSWERED) window = MOST_UNANSWERED;
    if (window == 0) window = 1;
}

static void remove_names(void) {}

static void put_bytes(size_t count) {
    if (write(connection, message, count) < 0) fail("write");
}

static void get(void) {
    if (read(connection, answer, size) < 0) fail("read");
}

static void put(void) { put_bytes(size); }

static void put_next(void) {
    put();
    if (++streamed % window == 0) get();
}

static void get_next(void) {
    get();
    if (++streamed % window == 0) put_bytes(ACKNOWLEDGEMENT);
}
