// SPDX-License-Identifier: Apache-2.0
/* A peer of a test: messages over two FIFOs, in the folder that NAME is. Wants its environment. */
#include "stream.h"

#include <fcntl.h>

static int requests, replies;

static int open_fifo(const char *folder, const char *name, int flags) {
    char full[4096];
    snprintf(full, sizeof full, "%s/%s", folder, name);
    int fd = open(full, flags | O_CLOEXEC);
    if (fd < 0) peer_fail(full);
    return fd;
}

static void peer_open(const char *name, size_t max) {
    (void)max;
    if (getenv("STARTED_BY_THE_EXCHANGE") == NULL) {
        fprintf(stderr, "not started by the exchange\n");
        exit(1);
    }
    requests = open_fifo(name, "requests", O_RDONLY);
    replies = open_fifo(name, "replies", O_WRONLY);
}

static size_t peer_receive(unsigned char *buffer, size_t size) { return stream_receive(requests, buffer, size); }

static void peer_send(const unsigned char *buffer, size_t length) { stream_send(replies, buffer, length); }
