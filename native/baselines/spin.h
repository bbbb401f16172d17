// SPDX-License-Identifier: Apache-2.0
/*
 * Waiting by polling. An echo that waits in vain for about a millisecond has nothing to answer now, and
 * then looks from time to time only, so that it takes no core from those that are measured. The driver
 * always has its answer under way: if both napped, they could do so in turns for ever.
 *
 * The Java twin is io.chagres.benchmarks.ends.Spin.
 */
#include <time.h>

enum { MOST_SPINS = 20000, NAP_NANOS = 5000000 };

/* Before the next poll after so many that were in vain. */
static inline void spin(unsigned failed) {
    if (!driver && failed >= MOST_SPINS) {
        nanosleep(&(struct timespec){.tv_nsec = NAP_NANOS}, NULL);
        return;
    }
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb"); /* as the JVM does; "yield" waits for nothing */
#endif
}
