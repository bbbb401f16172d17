// SPDX-License-Identifier: Apache-2.0
/* A pipe each way, whose ends the echo finds among the driver's descriptors. */
#include "pair.h"
#include "stream.h"

static int there[2], back[2];

static void create_objects(void) {
    if (pipe2(there, O_CLOEXEC) != 0 || pipe2(back, O_CLOEXEC) != 0) fail("pipe2");
    snprintf(names[0], NAME_SIZE, "/proc/%d/fd/%d", getpid(), there[0]);
    snprintf(names[1], NAME_SIZE, "/proc/%d/fd/%d", getpid(), back[1]);
}

static void join_objects(void) {
    if (driver) {
        to = there[1];
        from = back[0];
    } else {
        open_both();
    }
}

static void remove_names(void) {}
