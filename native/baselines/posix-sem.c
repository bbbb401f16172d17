// SPDX-License-Identifier: Apache-2.0
/*
 * A few slots in shared memory each way, and two semaphores that count them: those that are full, and
 * those that are free for a stream. A round trip needs no other permission than the answer.
 *
 * The Java twins are io.chagres.benchmarks.ends.Slots and PosixSemEnd.
 */
#define STREAMS_OTHERWISE
#include "pair.h"
#include <fcntl.h>
#include <semaphore.h>
#include <sys/mman.h>

/* One of the slots is for the message that begins a stream, which waits for none to be free. */
enum { LINE = 64, SLOTS = 16, FREE = SLOTS - 1 };

struct way {
    char *slots;
    uint64_t next;
    sem_t *full, *free;
};

static struct way to, from;
static size_t stride;

static const char *semaphore_name(int index, const char *what) {
    static char name[NAME_SIZE + 8];
    snprintf(name, sizeof name, "%s.%s", posix_name(index), what);
    return name;
}

static void create_semaphore(const char *name, unsigned value) {
    sem_t *semaphore = sem_open(name, O_CREAT | O_EXCL, 0600, value);
    if (semaphore == SEM_FAILED) fail("sem_open");
    sem_close(semaphore);
}

static void create_objects(void) {
    stride = (size + LINE - 1) / LINE * LINE;
    for (int i = 0; i < 2; i++) {
        int fd = shm_open(posix_name(i), O_RDWR | O_CREAT | O_EXCL, 0600);
        if (fd < 0 || ftruncate(fd, (off_t)(SLOTS * stride)) != 0) fail("shm_open");
        close(fd);
        create_semaphore(semaphore_name(i, "full"), 0);
        create_semaphore(semaphore_name(i, "free"), FREE);
    }
}

static void join(struct way *way, int index) {
    stride = (size + LINE - 1) / LINE * LINE;
    int fd = shm_open(posix_name(index), O_RDWR, 0);
    if (fd < 0) fail("shm_open");
    way->slots = mmap(NULL, SLOTS * stride, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (way->slots == MAP_FAILED) fail("mmap");
    close(fd);
    way->full = sem_open(semaphore_name(index, "full"), 0);
    way->free = sem_open(semaphore_name(index, "free"), 0);
    if (way->full == SEM_FAILED || way->free == SEM_FAILED) fail("sem_open");
}

static void join_objects(void) {
    join(&to, sending);
    join(&from, receiving);
}

static void remove_names(void) {
    for (int i = 0; i < 2; i++) {
        shm_unlink(posix_name(i));
        sem_unlink(semaphore_name(i, "full"));
        sem_unlink(semaphore_name(i, "free"));
    }
}

static void await(sem_t *semaphore) {
    if (sem_wait(semaphore) != 0) fail("sem_wait");
}

static void post(sem_t *semaphore) {
    if (sem_post(semaphore) != 0) fail("sem_post");
}

static void put(void) {
    memcpy(to.slots + to.next++ % SLOTS * stride, message, size);
    post(to.full);
}

static void get(void) {
    await(from.full);
    memcpy(answer, from.slots + from.next++ % SLOTS * stride, size);
}

static void put_next(void) {
    await(to.free);
    put();
}

static void get_next(void) {
    get();
    post(from.free);
}
