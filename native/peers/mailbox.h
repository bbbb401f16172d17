// SPDX-License-Identifier: Apache-2.0
/*
 * Messages one way through shared memory, one at a time: a slot, and two semaphores that say whose it
 * is.
 *
 *   offset 0   length of the message, an unsigned number of four bytes in the machine's order
 *   offset 4   without meaning
 *   offset 8   the message
 *
 * The sender waits for EMPTY, fills the slot and posts FULL; the receiver the other way round. Of a
 * new mailbox EMPTY is 1 and FULL is 0.
 *
 * Its Java twin is io.chagres.cli.check.Mailbox.
 */
#ifndef CHAGRES_MAILBOX_H
#define CHAGRES_MAILBOX_H

#include "peer.h"

#include <semaphore.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum { MAILBOX_PAYLOAD = 8 };

struct mailbox {
    unsigned char *slot; /* aligned to 8 */
    size_t max;          /* the longest message that it takes */
    sem_t *full, *empty;
};

/* How large a slot is, so that another can follow it. */
__attribute__((unused)) static size_t mailbox_size(size_t max) {
    return MAILBOX_PAYLOAD + (max + 7) / 8 * 8;
}

static void mailbox_wait(sem_t *semaphore) {
    int waited;
    do waited = sem_wait(semaphore);
    while (waited < 0 && errno == EINTR);
    if (waited < 0) peer_fail("sem_wait");
}

static void mailbox_post(sem_t *semaphore) {
    if (sem_post(semaphore) < 0) peer_fail("sem_post");
}

__attribute__((unused)) static size_t mailbox_receive(const struct mailbox *box, unsigned char *buffer, size_t size) {
    mailbox_wait(box->full);
    /* Volatile, so that it is read once: the other side could change it after the comparison. */
    uint32_t length = *(volatile uint32_t *)box->slot;
    size_t max = size < box->max ? size : box->max;
    if (length > max) {
        fprintf(stderr, "the mailbox has a message of %u bytes; the longest has %zu\n", length, max);
        exit(2);
    }
    memcpy(buffer, box->slot + MAILBOX_PAYLOAD, length);
    mailbox_post(box->empty);
    return length;
}

__attribute__((unused)) static void mailbox_send(const struct mailbox *box, const unsigned char *buffer, size_t length) {
    mailbox_wait(box->empty);
    memcpy(box->slot + MAILBOX_PAYLOAD, buffer, length);
    *(volatile uint32_t *)box->slot = (uint32_t)length;
    mailbox_post(box->full);
}

/* Two mailboxes in one memory, requests first, each with two named semaphores. */
static struct mailbox mailbox_requests, mailbox_replies;

static sem_t *mailbox_semaphore(const char *name, const char *suffix) {
    char full[256];
    snprintf(full, sizeof full, "%s.%s", name, suffix);
    sem_t *semaphore = sem_open(full, 0);
    if (semaphore == SEM_FAILED) peer_fail(full);
    return semaphore;
}

__attribute__((unused)) static void mailboxes_open(const char *name, int memory, size_t max) {
    size_t size = 2 * mailbox_size(max);
    struct stat stat;
    if (fstat(memory, &stat) < 0) peer_fail("fstat");
    if ((size_t)stat.st_size < size) {
        fprintf(stderr, "the memory has %lld bytes, not %zu\n", (long long)stat.st_size, size);
        exit(1);
    }
    unsigned char *slots = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    if (slots == MAP_FAILED) peer_fail("mmap");
    mailbox_requests = (struct mailbox){slots, max, mailbox_semaphore(name, "requests-full"),
                                        mailbox_semaphore(name, "requests-empty")};
    mailbox_replies = (struct mailbox){slots + size / 2, max, mailbox_semaphore(name, "replies-full"),
                                       mailbox_semaphore(name, "replies-empty")};
}

#endif
