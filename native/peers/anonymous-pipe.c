// SPDX-License-Identifier: Apache-2.0
/* The C peer for anonymous pipes: NAME is REQUESTS,REPLIES, the numbers of inherited descriptors. */
#include "stream.h"

static int requests, replies;

static void peer_open(const char *name, size_t max) {
    (void)max;
    if (sscanf(name, "%d,%d", &requests, &replies) != 2) {
        fprintf(stderr, "not two descriptors: %s\n", name);
        exit(1);
    }
}

static size_t peer_receive(unsigned char *buffer, size_t size) { return stream_receive(requests, buffer, size); }

static void peer_send(const unsigned char *buffer, size_t length) { stream_send(replies, buffer, length); }
