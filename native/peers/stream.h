// SPDX-License-Identifier: Apache-2.0
/*
 * Whole messages over streams of bytes that know no messages: each follows its length, an unsigned
 * number of four bytes in the machine's order.
 *
 * Its Java twin is io.chagres.cli.check.StreamFraming.
 */
#ifndef CHAGRES_STREAM_H
#define CHAGRES_STREAM_H

#include "peer.h"

#include <sys/uio.h>

static void read_full(int fd, void *buffer, size_t length) {
    unsigned char *at = buffer, *end = at + length;
    while (at < end) {
        ssize_t count = read(fd, at, (size_t)(end - at));
        if (count == 0) {
            fprintf(stderr, "the stream has ended\n");
            exit(1);
        }
        if (count > 0) at += count;
        else if (errno != EINTR) peer_fail("read");
    }
}

static void write_full(int fd, const void *buffer, size_t length) {
    const unsigned char *at = buffer, *end = at + length;
    while (at < end) {
        ssize_t count = write(fd, at, (size_t)(end - at));
        if (count >= 0) at += count;
        else if (errno != EINTR) peer_fail("write");
    }
}

__attribute__((unused)) static size_t stream_receive(int fd, unsigned char *buffer, size_t size) {
    uint32_t length;
    read_full(fd, &length, sizeof length);
    if (length > size) {
        fprintf(stderr, "a message of %u bytes is announced; the longest has %zu\n", length, size);
        exit(2);
    }
    read_full(fd, buffer, length);
    return length;
}

/* In one call, as long as the stream takes it all: the reader then wakes once. */
__attribute__((unused)) static void stream_send(int fd, const unsigned char *buffer, size_t length) {
    uint32_t header = (uint32_t)length;
    struct iovec parts[] = {{&header, sizeof header}, {(void *)buffer, length}};
    ssize_t count;
    do count = writev(fd, parts, 2);
    while (count < 0 && errno == EINTR);
    if (count < 0) peer_fail("writev");
    size_t written = (size_t)count;
    if (written < sizeof header) {
        write_full(fd, (unsigned char *)&header + written, sizeof header - written);
        written = sizeof header;
    }
    written -= sizeof header;
    write_full(fd, buffer + written, length - written);
}

#endif
