// SPDX-License-Identifier: Apache-2.0
/* A queue each way, as deep as every user may have it. */
#include "pair.h"
#include <fcntl.h>
#include <mqueue.h>

static mqd_t to, from;

static void create_objects(void) {
    struct mq_attr attributes = {.mq_maxmsg = 10, .mq_msgsize = (long)size};
    for (int i = 0; i < 2; i++) {
        mqd_t queue = mq_open(posix_name(i), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600, &attributes);
        if (queue == (mqd_t)-1) fail("mq_open");
        mq_close(queue);
    }
}

static void join_objects(void) {
    to = mq_open(posix_name(sending), O_WRONLY | O_CLOEXEC);
    from = mq_open(posix_name(receiving), O_RDONLY | O_CLOEXEC);
    if (to == (mqd_t)-1 || from == (mqd_t)-1) fail("mq_open");
}

static void remove_names(void) {
    for (int i = 0; i < 2; i++) mq_unlink(posix_name(i));
}

static void put(void) {
    if (mq_send(to, message, size, 0) != 0) fail("mq_send");
}

static void get(void) {
    if (mq_receive(from, answer, size, NULL) < 0) fail("mq_receive");
}
