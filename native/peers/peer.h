// SPDX-License-Identifier: Apache-2.0
/*
 * What every C peer of `chagres check` shares: the payload, and the three phases of an exchange.
 *
 * usage: PEER NAME MAX VARIED FIXED STREAMED
 *
 * The peer opens what NAME names (which is up to the mechanism: /proc/PID/fd/N where there are no
 * names), prints "ready" and then answers. Message i of the first VARIED round trips has a length
 * that varies up to MAX, the next FIXED round trips have 64 bytes each way, and STREAMED messages of
 * 64 bytes come without an answer until one last answer closes the stream. Every byte is verified.
 * Exit codes: 0 all was well, 2 a byte or a length was wrong, 3 the driver is gone, 1 anything else;
 * standard error says what.
 *
 * stream.h has messages over streams of bytes, mailbox.h has messages through shared memory.
 *
 * Its Java twin is io.chagres.cli.check.PeerMain.
 */
#ifndef CHAGRES_PEER_H
#define CHAGRES_PEER_H

#define _GNU_SOURCE /* before any header: seals */

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIXED_LENGTH = 64, REQUEST = 1, REPLY = 2 };

/* A mechanism fills these in; each moves one whole message and exits through peer_fail on an error. */
static void peer_open(const char *name, size_t max);
static size_t peer_receive(unsigned char *buffer, size_t size);
static void peer_send(const unsigned char *buffer, size_t length);

__attribute__((noreturn, unused)) static void peer_fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

static uint64_t mix(uint64_t x) { /* splitmix64 */
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

static size_t varied_length(uint64_t i, size_t max) {
    switch (i % 16) {
    case 0: return max;
    case 1: return 1;
    default: return 1 + (size_t)(mix(i) % max);
    }
}

static unsigned char payload_byte(uint64_t i, int direction, size_t position) {
    uint64_t word = mix(mix(i * 4 + (uint64_t)direction) + position / 8);
    return (unsigned char)(word >> (position % 8 * 8));
}

static void fill(unsigned char *buffer, size_t length, uint64_t i, int direction) {
    for (size_t p = 0; p < length; p++) buffer[p] = payload_byte(i, direction, p);
}

static void receive_verified(unsigned char *buffer, size_t max, size_t length, uint64_t i) {
    size_t got = peer_receive(buffer, max);
    if (got != length) {
        fprintf(stderr, "message %llu has %zu bytes, not %zu\n", (unsigned long long)i, got, length);
        exit(2);
    }
    for (size_t p = 0; p < length; p++) {
        if (buffer[p] != payload_byte(i, REQUEST, p)) {
            fprintf(stderr, "message %llu is wrong at byte %zu\n", (unsigned long long)i, p);
            exit(2);
        }
    }
}

/* Standard input ends with the driver, however that ends. */
static void *watch_driver(void *unused) {
    char byte;
    while (read(0, &byte, 1) > 0) {}
    _exit(3);
    return unused;
}

static uint64_t number(const char *text) {
    char *end;
    unsigned long long value = strtoull(text, &end, 10);
    if (*text == 0 || *end != 0) {
        fprintf(stderr, "not a number: %s\n", text);
        exit(1);
    }
    return value;
}

int main(int argc, char **argv) {
    if (argc != 6) {
        fprintf(stderr, "usage: %s NAME MAX VARIED FIXED STREAMED\n", argv[0]);
        return 1;
    }
    size_t max = number(argv[2]);
    uint64_t varied = number(argv[3]), paired = varied + number(argv[4]), all = paired + number(argv[5]);
    unsigned char *buffer = malloc(max);
    pthread_t watcher;
    if (max < FIXED_LENGTH || buffer == NULL || pthread_create(&watcher, NULL, watch_driver, NULL) != 0)
        peer_fail("start");
    signal(SIGPIPE, SIG_IGN); /* a write fails with EPIPE, and the peer says so */
    peer_open(argv[1], max);
    puts("ready");
    fflush(stdout);
    for (uint64_t i = 0; i < paired; i++) {
        size_t length = i < varied ? varied_length(i, max) : FIXED_LENGTH;
        receive_verified(buffer, max, length, i);
        fill(buffer, length, i, REPLY);
        peer_send(buffer, length);
    }
    for (uint64_t i = paired; i < all; i++) receive_verified(buffer, max, FIXED_LENGTH, i);
    fill(buffer, FIXED_LENGTH, all, REPLY);
    peer_send(buffer, FIXED_LENGTH);
    return 0;
}

#endif
