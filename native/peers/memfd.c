// SPDX-License-Identifier: Apache-2.0
/* The C peer for memfds: NAME is FD,NAME, an inherited descriptor and the name of the semaphores. */
#include "mailbox.h"

#include <fcntl.h>

static void peer_open(const char *name, size_t max) {
    const int wanted = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
    int memory;
    int end = 0;
    if (sscanf(name, "%d,%n", &memory, &end) != 1 || end == 0) {
        fprintf(stderr, "not a descriptor and a name: %s\n", name);
        exit(1);
    }
    int seals = fcntl(memory, F_GET_SEALS);
    if (seals < 0) peer_fail("F_GET_SEALS");
    if ((seals & wanted) != wanted) {
        fprintf(stderr, "the memory has the seals %#x\n", seals);
        exit(1);
    }
    mailboxes_open(name + end, memory, max);
}

static size_t peer_receive(unsigned char *buffer, size_t size) {
    return mailbox_receive(&mailbox_requests, buffer, size);
}

static void peer_send(const unsigned char *buffer, size_t length) { mailbox_send(&mailbox_replies, buffer, length); }
