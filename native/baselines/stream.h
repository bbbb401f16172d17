// SPDX-License-Identifier: Apache-2.0
/* Messages over two streams of bytes. */
#include <fcntl.h>

static int to, from;

static void put(void) {
    for (size_t sent = 0; sent < size;) {
        ssize_t count = write(to, message + sent, size - sent);
        if (count < 0) fail("write");
        sent += (size_t)count;
    }
}

static void get(void) {
    for (size_t got = 0; got < size;) {
        ssize_t count = read(from, answer + got, size - got);
        if (count == 0) exit(PEER_GONE);
        if (count < 0) fail("read");
        got += (size_t)count;
    }
}

/* Both open the first one first: each open of a FIFO waits for the other's. */
__attribute__((unused)) static void open_both(void) {
    int fds[2];
    for (int i = 0; i < 2; i++) {
        fds[i] = open(names[i], (i == sending ? O_WRONLY : O_RDONLY) | O_CLOEXEC);
        if (fds[i] < 0) fail(names[i]);
    }
    to = fds[sending];
    from = fds[receiving];
}
