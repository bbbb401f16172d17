// SPDX-License-Identifier: Apache-2.0
/*
 * What the ends of all mechanisms in C have in common, which Chagres is measured against. A mechanism
 * is a .c file that includes this and defines the functions declared below.
 *
 * usage: PROGRAM NAME driver|echo SIZE threaded|alone
 *
 * Messages of SIZE bytes go there and back. NAME is the path that the names of the objects begin with.
 * The driver creates them and prints "created PEER", PEER being the NAME for the echo. It reads "join";
 * then both open the other's ends and print "ready". The driver then obeys
 *
 *   trips N    N round trips; prints how many nanoseconds they took and a 0, which is the number of
 *              bytes that Java has allocated
 *   times N    the same, each timed alone; prints "0 0 NANOS:COUNT,NANOS:COUNT..."
 *   stream N   N messages in one direction and one back; prints what trips prints
 *
 * and the names are gone from the first of these on. Both end with their standard input, or with who has
 * started them. With "threaded" they have a second thread that is idle, as every JVM has: the C library
 * and the kernel do less for a process of one thread.
 *
 * The Java twin is io.chagres.benchmarks.ends.EndMain.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { NAME_SIZE = 256, PEER_GONE = 3, PAGE = 4096 };

/* What a mechanism defines. */
static void create_objects(void); /* the driver's: makes what the names name */
static void join_objects(void);   /* opens them, once both ends run */
static void remove_names(void);   /* the driver's, once both have joined */
static void put(void);            /* sends the message to the other end */
static void get(void);            /* awaits a message of the other end */
/* The same for one of many that are not answered, where that is another thing. */
#ifndef STREAMS_OTHERWISE
#define put_next put
#define get_next get
#else
static void put_next(void);
static void get_next(void);
#endif

/* What it uses: [0] goes to the echo and [1] comes back, seen from the driver. */
static char names[2][NAME_SIZE];
static bool driver;
static int sending, receiving; /* indices into names */
static size_t size;            /* bytes of a message */
static char *message, *answer; /* each on a page of its own */

__attribute__((noreturn, unused)) static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

/* The POSIX name of the same object: a slash and what the path ends with. */
__attribute__((unused)) static const char *posix_name(int index) { return strrchr(names[index], '/'); }

static uint64_t nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void round_trips(uint64_t count) {
    for (uint64_t i = 0; i < count; i++) {
        put();
        get();
    }
}

/* A message begins with the number of those that follow it without an answer each. */
static void set_following(uint64_t count) { memcpy(message, &count, sizeof count); }

static void stream(uint64_t count) {
    set_following(count);
    put();
    set_following(0);
    for (uint64_t i = 0; i < count; i++) put_next();
    get();
}

static void echo(void) {
    for (;;) {
        get();
        uint64_t following;
        memcpy(&following, answer, sizeof following);
        for (uint64_t i = 0; i < following; i++) get_next();
        put();
    }
}

/* How many round trips took how long, to below one hundredth: the leading bits of the time. */
enum { LEADING_BITS = 8, BUCKETS = (64 - LEADING_BITS + 1) << LEADING_BITS };
static uint64_t counts[BUCKETS];

static void timed_trips(uint64_t count) {
    memset(counts, 0, sizeof counts);
    uint64_t begin = nanos();
    for (uint64_t i = 0; i < count; i++) {
        put();
        get();
        uint64_t now = nanos(), time = now - begin;
        int bits = 64 - __builtin_clzll(time | 1), shift = bits > LEADING_BITS ? bits - LEADING_BITS : 0;
        counts[((uint64_t)shift << LEADING_BITS) + (time >> shift)]++;
        begin = now;
    }
    printf("0 0 ");
    const char *separator = "";
    for (uint64_t i = 0; i < BUCKETS; i++) {
        if (counts[i] == 0) continue;
        /* the highest that falls here, as HdrHistogram tells it */
        uint64_t time = (((i & ((1u << LEADING_BITS) - 1)) + 1) << (i >> LEADING_BITS)) - 1;
        printf("%s%llu:%llu", separator, (unsigned long long)time, (unsigned long long)counts[i]);
        separator = ",";
    }
    puts("");
}

/* The idle thread. It reads nothing, and wakes only when whoever started this is gone. */
static void *watch_input(void *unused) {
    struct pollfd input = {.fd = 0};
    while (poll(&input, 1, -1) < 0) {}
    if (driver) remove_names();
    _exit(PEER_GONE);
    return unused;
}

/* It may stand in any call: one that waits for the echo would do so for ever. */
static void parent_is_gone(int signal) {
    (void)signal;
    if (driver) remove_names();
    _exit(PEER_GONE);
}

static void end_with_parent(bool threaded) {
    pthread_t idle;
    if (threaded) {
        if (pthread_create(&idle, NULL, watch_input, NULL) != 0) fail("pthread_create");
        return;
    }
    signal(SIGTERM, parent_is_gone);
    if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0) fail("prctl");
    /* It may be gone already, and its end of the pipe with it. */
    struct pollfd input = {.fd = 0};
    if (poll(&input, 1, 0) > 0) _exit(PEER_GONE);
}

/* "PATH" of the driver, or the two names that it has told for the echo: "FIRST,SECOND". */
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

static void obey(const char *command) {
    static bool removed;
    unsigned long long count;
    if (strcmp(command, "join\n") == 0) {
        join_objects();
        puts("ready");
        return;
    }
    if (!removed) remove_names();
    removed = true;
    round_trips(1); /* the other one is awake then */
    uint64_t begin = nanos();
    if (sscanf(command, "times %llu", &count) == 1) {
        timed_trips(count);
        return;
    }
    if (sscanf(command, "trips %llu", &count) == 1) {
        round_trips(count);
    } else if (sscanf(command, "stream %llu", &count) == 1) {
        stream(count);
    } else {
        fprintf(stderr, "no such command: %s", command);
        exit(1);
    }
    printf("%llu 0\n", (unsigned long long)(nanos() - begin));
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: %s NAME driver|echo SIZE threaded|alone\n", argv[0]);
        return 1;
    }
    driver = strcmp(argv[2], "driver") == 0;
    sending = driver ? 0 : 1;
    receiving = 1 - sending;
    size = strtoul(argv[3], NULL, 10);
    set_names(argv[1]);
    message = aligned_alloc(PAGE, (size + PAGE - 1) / PAGE * PAGE);
    answer = aligned_alloc(PAGE, (size + PAGE - 1) / PAGE * PAGE);
    if (message == NULL || answer == NULL || size < sizeof(uint64_t)) fail("size");
    memset(message, 0, size);
    memset(answer, 0, size);
    end_with_parent(strcmp(argv[4], "threaded") == 0);
    if (!driver) {
        join_objects();
        puts("ready");
        fflush(stdout);
        echo();
    }
    create_objects();
    printf("created %s,%s\n", names[0], names[1]);
    fflush(stdout);
    char command[64];
    while (fgets(command, sizeof command, stdin) != NULL) {
        obey(command);
        fflush(stdout);
    }
    remove_names();
    return 0;
}
