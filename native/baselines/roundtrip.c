// SPDX-License-Identifier: Apache-2.0
/*
 * One end of round trips of 64 bytes in C, which Chagres is measured against.
 *
 * usage: roundtrip MECHANISM NAME driver|echo CPU
 *
 * The driver creates what NAME names and prints "created PEER", PEER being the name for the echo. It
 * reads "join"; then both open the other's ends and print "ready". For each "run N" the driver makes
 * N round trips and prints the nanoseconds they took; the names are gone from the first one on. Both
 * run on CPU alone, end with their standard input, and have a second thread that is idle, as every
 * JVM has: the C library and the kernel do less for a process of one thread.
 *
 * Its Java twin is io.chagres.benchmarks.roundtrip.EndMain.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LENGTH = 64, NAME_SIZE = 256 };

/* [0] goes to the echo and [1] comes back, seen from the driver. */
static char names[2][NAME_SIZE];
static int driver, sending, receiving; /* the last two are indices, and then descriptors */
static sem_t *posted, *awaited;
static char message[LENGTH], answer[LENGTH];

__attribute__((noreturn)) static void fail(const char *what) {
    fprintf(stderr, "roundtrip: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void no_names(void) {}

/* ---- posix-mq */

static void mq_create(void) {
    struct mq_attr attributes = {.mq_maxmsg = 10, .mq_msgsize = LENGTH};
    for (int i = 0; i < 2; i++) {
        mqd_t queue = mq_open(names[i], O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600, &attributes);
        if (queue == (mqd_t)-1) fail(names[i]);
        mq_close(queue);
    }
}

static void mq_join(void) {
    mqd_t to = mq_open(names[sending], O_WRONLY | O_CLOEXEC);
    mqd_t from = mq_open(names[receiving], O_RDONLY | O_CLOEXEC);
    if (to == (mqd_t)-1 || from == (mqd_t)-1) fail("mq_open");
    sending = to;
    receiving = from;
}

static void mq_remove(void) {
    for (int i = 0; i < 2; i++) mq_unlink(names[i]);
}

static void mq_put(void) {
    if (mq_send(sending, message, LENGTH, 0) != 0) fail("mq_send");
}

static void mq_get(void) {
    if (mq_receive(receiving, answer, LENGTH, NULL) != LENGTH) fail("mq_receive");
}

/* ---- fifo */

static void fifo_create(void) {
    for (int i = 0; i < 2; i++)
        if (mkfifo(names[i], 0600) != 0) fail(names[i]);
}

/* Both open the first one first: each open waits for the other's. */
static void fifo_join(void) {
    int fds[2];
    for (int i = 0; i < 2; i++) {
        fds[i] = open(names[i], (i == sending ? O_WRONLY : O_RDONLY) | O_CLOEXEC);
        if (fds[i] < 0) fail(names[i]);
    }
    sending = fds[sending];
    receiving = fds[receiving];
}

static void fifo_remove(void) {
    for (int i = 0; i < 2; i++) unlink(names[i]);
}

static void stream_put(void) {
    if (write(sending, message, LENGTH) != LENGTH) fail("write");
}

static void stream_get(void) {
    for (size_t got = 0; got < LENGTH;) {
        ssize_t count = read(receiving, answer + got, LENGTH - got);
        if (count == 0) exit(3); /* the other end is gone */
        if (count < 0) fail("read");
        got += (size_t)count;
    }
}

/* ---- anonymous-pipe: the echo opens the driver's descriptors */

static int own_ends[2];

static void pipe_create(void) {
    int there[2], back[2];
    if (pipe2(there, O_CLOEXEC) != 0 || pipe2(back, O_CLOEXEC) != 0) fail("pipe2");
    snprintf(names[0], NAME_SIZE, "/proc/%d/fd/%d", getpid(), there[0]);
    snprintf(names[1], NAME_SIZE, "/proc/%d/fd/%d", getpid(), back[1]);
    own_ends[0] = there[1];
    own_ends[1] = back[0];
}

static void pipe_join(void) {
    if (!driver) {
        fifo_join();
        return;
    }
    sending = own_ends[0];
    receiving = own_ends[1];
}

/* ---- posix-sem: no data, the posts are the messages */

static sem_t *sem_of(int index, int flags) {
    sem_t *semaphore = sem_open(names[index], flags, 0600, 0);
    if (semaphore == SEM_FAILED) fail(names[index]);
    return semaphore;
}

static void sem_create(void) {
    for (int i = 0; i < 2; i++) sem_close(sem_of(i, O_CREAT | O_EXCL));
}

static void sem_join(void) {
    posted = sem_of(sending, 0);
    awaited = sem_of(receiving, 0);
}

static void sem_remove(void) {
    for (int i = 0; i < 2; i++) sem_unlink(names[i]);
}

static void sem_put(void) {
    if (sem_post(posted) != 0) fail("sem_post");
}

static void sem_get(void) {
    if (sem_wait(awaited) != 0) fail("sem_wait");
}

/* ---- all */

static const struct mechanism {
    const char *id;
    void (*create)(void), (*join)(void), (*remove)(void), (*put)(void), (*get)(void);
} mechanisms[] = {
    {"posix-mq", mq_create, mq_join, mq_remove, mq_put, mq_get},
    {"fifo", fifo_create, fifo_join, fifo_remove, stream_put, stream_get},
    {"anonymous-pipe", pipe_create, pipe_join, no_names, stream_put, stream_get},
    {"posix-sem", sem_create, sem_join, sem_remove, sem_put, sem_get},
};
static const struct mechanism *mechanism;

/* The idle thread. It reads nothing, and wakes only when whoever started this is gone. */
static void *watch_input(void *unused) {
    struct pollfd input = {.fd = 0};
    while (poll(&input, 1, -1) < 0) {}
    if (driver) mechanism->remove();
    _exit(3);
    return unused;
}

static uint64_t nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void say(const char *word, uint64_t value) {
    if (word != NULL) puts(word);
    else printf("%llu\n", (unsigned long long)value);
    fflush(stdout);
}

/* "PREFIX" of the driver, or the two names that it has told for the echo: "FIRST,SECOND". */
static void set_names(const char *name) {
    const char *comma = strchr(name, ',');
    if (comma == NULL) {
        snprintf(names[0], NAME_SIZE, "%s.there", name);
        snprintf(names[1], NAME_SIZE, "%s.back", name);
    } else {
        snprintf(names[0], NAME_SIZE, "%.*s", (int)(comma - name), name);
        snprintf(names[1], NAME_SIZE, "%s", comma + 1);
    }
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: %s MECHANISM NAME driver|echo CPU\n", argv[0]);
        return 1;
    }
    for (size_t i = 0; i < sizeof mechanisms / sizeof *mechanisms; i++)
        if (strcmp(argv[1], mechanisms[i].id) == 0) mechanism = &mechanisms[i];
    if (mechanism == NULL) {
        fprintf(stderr, "%s: no such mechanism\n", argv[1]);
        return 1;
    }
    cpu_set_t cpus;
    CPU_ZERO(&cpus);
    CPU_SET((size_t)atoi(argv[4]), &cpus);
    if (sched_setaffinity(0, sizeof cpus, &cpus) != 0) fail("sched_setaffinity");
    driver = strcmp(argv[3], "driver") == 0;
    sending = driver ? 0 : 1;
    receiving = 1 - sending;
    set_names(argv[2]);
    pthread_t idle;
    if (pthread_create(&idle, NULL, watch_input, NULL) != 0) fail("pthread_create");

    if (!driver) {
        mechanism->join();
        say("ready", 0);
        for (;;) {
            mechanism->get();
            mechanism->put();
        }
    }
    mechanism->create();
    printf("created %s,%s\n", names[0], names[1]);
    fflush(stdout);
    char command[64];
    while (fgets(command, sizeof command, stdin) != NULL) {
        unsigned long long count;
        if (strcmp(command, "join\n") == 0) {
            mechanism->join();
            say("ready", 0);
        } else if (sscanf(command, "run %llu", &count) == 1) {
            mechanism->remove();
            uint64_t begin = nanos();
            for (unsigned long long i = 0; i < count; i++) {
                mechanism->put();
                mechanism->get();
            }
            say(NULL, nanos() - begin);
        } else {
            fprintf(stderr, "roundtrip: no such command: %s", command);
            return 1;
        }
    }
    mechanism->remove();
    return 0;
}
