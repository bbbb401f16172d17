// SPDX-License-Identifier: Apache-2.0
/*
 * A ring of slots in shared memory each way, which both ends poll. A slot is a turn and a message: the
 * turn counts up by one when the message is there, and by one more when it is taken.
 *
 * The Java twin is io.chagres.benchmarks.ends.Ring.
 */
#include "spin.h"
#include <sys/mman.h>

enum { LINE = 64, RING_BYTES = 256 * 1024, FEWEST_SLOT_BITS = 3 };

struct ring {
    char *slots;
    uint64_t next; /* the number of this end's next message */
};

static struct ring to, from;
static size_t stride;
static unsigned slot_bits; /* the binary logarithm of how many there are */

/* The size of one, which is known only when that of the messages is. */
static size_t ring_bytes(void) {
    stride = (sizeof(uint64_t) + size + LINE - 1) / LINE * LINE;
    slot_bits = FEWEST_SLOT_BITS;
    while (stride << (slot_bits + 1) <= RING_BYTES) slot_bits++;
    return stride << slot_bits;
}

static void ring_map(struct ring *ring, int fd) {
    if (fd < 0) fail("a ring");
    size_t bytes = ring_bytes();
    ring->slots = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (ring->slots == MAP_FAILED) fail("mmap");
}

/* The next slot, when its turn has come. */
static inline char *ring_await(struct ring *ring, uint64_t taken) {
    uint64_t number = ring->next++;
    char *slot = ring->slots + (number & ((1u << slot_bits) - 1)) * stride;
    uint64_t turn = (number >> slot_bits) * 2 + taken;
    for (unsigned failed = 0; __atomic_load_n((uint64_t *)slot, __ATOMIC_ACQUIRE) != turn; failed++) spin(failed);
    return slot;
}

static inline void ring_advance(char *slot) {
    uint64_t *turn = (uint64_t *)slot;
    __atomic_store_n(turn, *turn + 1, __ATOMIC_RELEASE);
}

static void put(void) {
    char *slot = ring_await(&to, 0);
    memcpy(slot + sizeof(uint64_t), message, size);
    ring_advance(slot);
}

static void get(void) {
    char *slot = ring_await(&from, 1);
    memcpy(answer, slot + sizeof(uint64_t), size);
    ring_advance(slot);
}
