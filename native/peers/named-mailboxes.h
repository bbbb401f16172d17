// SPDX-License-Identifier: Apache-2.0
/*
 * The C peer for POSIX shared memory and for named semaphores, each of which needs the other for an
 * exchange: two mailboxes in the object NAME, with the semaphores NAME.requests-full and so on.
 */
#ifndef CHAGRES_NAMED_MAILBOXES_H
#define CHAGRES_NAMED_MAILBOXES_H

#include "mailbox.h"

#include <fcntl.h>

static void peer_open(const char *name, size_t max) {
    int memory = shm_open(name, O_RDWR, 0);
    if (memory < 0) peer_fail(name);
    mailboxes_open(name, memory, max);
}

static size_t peer_receive(unsigned char *buffer, size_t size) {
    return mailbox_receive(&mailbox_requests, buffer, size);
}

static void peer_send(const unsigned char *buffer, size_t length) { mailbox_send(&mailbox_replies, buffer, length); }

#endif
