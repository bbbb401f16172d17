// SPDX-License-Identifier: Apache-2.0
/* The C peer for POSIX message queues: requests come in NAME.requests, answers go to NAME.replies. */
#include "peer.h"

#include <fcntl.h>
#include <mqueue.h>

static mqd_t requests, replies;

static mqd_t open_queue(const char *name, const char *suffix, int flags) {
    char full[256];
    snprintf(full, sizeof full, "%s.%s", name, suffix);
    mqd_t queue = mq_open(full, flags);
    if (queue == (mqd_t)-1) peer_fail(full);
    return queue;
}

static void peer_open(const char *name, size_t max) {
    (void)max;
    requests = open_queue(name, "requests", O_RDONLY);
    replies = open_queue(name, "replies", O_WRONLY);
}

static size_t peer_receive(unsigned char *buffer, size_t size) {
    ssize_t length;
    do length = mq_receive(requests, (char *)buffer, size, NULL);
    while (length < 0 && errno == EINTR);
    if (length < 0) peer_fail("mq_receive");
    return (size_t)length;
}

static void peer_send(const unsigned char *buffer, size_t length) {
    int sent;
    do sent = mq_send(replies, (const char *)buffer, length, 0);
    while (sent < 0 && errno == EINTR);
    if (sent < 0) peer_fail("mq_send");
}
