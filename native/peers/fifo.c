// SPDX-License-Identifier: Apache-2.0
/* The C peer for FIFOs: requests come in NAME.requests, answers go to NAME.replies. */
#include "stream.h"

#include <fcntl.h>

static int requests, replies;

static int open_fifo(const char *name, const char *suffix, int flags) {
    char full[4096];
    snprintf(full, sizeof full, "%s.%s", name, suffix);
    int fd = open(full, flags | O_CLOEXEC);
    if (fd < 0) peer_fail(full);
    return fd;
}

static void peer_open(const char *name, size_t max) {
    (void)max;
    requests = open_fifo(name, "requests", O_RDONLY); /* waits for the driver */
    replies = open_fifo(name, "replies", O_WRONLY);
}

static size_t peer_receive(unsigned char *buffer, size_t size) { return stream_receive(requests, buffer, size); }

static void peer_send(const unsigned char *buffer, size_t length) { stream_send(replies, buffer, length); }
