// SPDX-License-Identifier: Apache-2.0
/* A ring each way in POSIX shared memory. */
#include "pair.h"
#include "ring.h"
#include <fcntl.h>

static void create_objects(void) {
    for (int i = 0; i < 2; i++) {
        int fd = shm_open(posix_name(i), O_RDWR | O_CREAT | O_EXCL, 0600);
        if (fd < 0 || ftruncate(fd, (off_t)ring_bytes()) != 0) fail("shm_open");
        close(fd);
    }
}

static void join_objects(void) {
    ring_map(&to, shm_open(posix_name(sending), O_RDWR, 0));
    ring_map(&from, shm_open(posix_name(receiving), O_RDWR, 0));
}

static void remove_names(void) {
    for (int i = 0; i < 2; i++) shm_unlink(posix_name(i));
}
