// SPDX-License-Identifier: Apache-2.0
/*
 * One word that both ends write in turns, and so one line of the cache that goes from core to core: what
 * no message between two of them can beat. It carries no message, whatever its size.
 */
#include "pair.h"
#include "spin.h"
#include <fcntl.h>
#include <sys/mman.h>

static uint64_t *word, turn;

static void create_objects(void) {
    int fd = open(names[0], O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 || ftruncate(fd, PAGE) != 0) fail(names[0]);
    close(fd);
}

static void join_objects(void) {
    int fd = open(names[0], O_RDWR | O_CLOEXEC);
    if (fd < 0) fail(names[0]);
    word = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (word == MAP_FAILED) fail("mmap");
    close(fd);
}

static void remove_names(void) { unlink(names[0]); }

static void put(void) { __atomic_store_n(word, ++turn, __ATOMIC_RELEASE); }

static void get(void) {
    turn++;
    for (unsigned failed = 0; __atomic_load_n(word, __ATOMIC_ACQUIRE) != turn; failed++) spin(failed);
}
