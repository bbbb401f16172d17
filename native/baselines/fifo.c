// SPDX-License-Identifier: Apache-2.0
/* A FIFO each way. */
#include "pair.h"
#include "stream.h"
#include <sys/stat.h>

static void create_objects(void) {
    for (int i = 0; i < 2; i++)
        if (mkfifo(names[i], 0600) != 0) fail(names[i]);
}

static void join_objects(void) { open_both(); }

static void remove_names(void) {
    for (int i = 0; i < 2; i++) unlink(names[i]);
}
