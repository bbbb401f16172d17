// SPDX-License-Identifier: Apache-2.0
/*
 * What calling a function of the C library costs from C itself.
 *
 * usage: calls labs|getpid WARM_UPS ROUNDS MILLIS
 *
 * Prints the nanoseconds of one call for each of ROUNDS loops that last about MILLIS each, after
 * WARM_UPS that are not printed. Its twin through JNI is jni/calls.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 10000 };

/* Volatile, or the compiler would put the function's body in their place. */
static long (*volatile labs_function)(long) = labs;
static pid_t (*volatile getpid_function)(void) = getpid;
static volatile long sink;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

static void call_labs(void) {
    long sum = 0;
    for (long i = 0; i < CHUNK; i++) sum += labs_function(-i);
    sink = sum;
}

static void call_getpid(void) {
    long sum = 0;
    for (long i = 0; i < CHUNK; i++) sum += getpid_function();
    sink = sum;
}

static double round_of(void (*chunk)(void), double nanos) {
    double begin = now(), spent;
    long calls = 0;
    do {
        chunk();
        calls += CHUNK;
        spent = now() - begin;
    } while (spent < nanos);
    return spent / calls;
}

int main(int argc, char **argv) {
    int known = argc == 5 && (strcmp(argv[1], "labs") == 0 || strcmp(argv[1], "getpid") == 0);
    if (!known) {
        fprintf(stderr, "usage: calls labs|getpid WARM_UPS ROUNDS MILLIS\n");
        return 2;
    }
    void (*chunk)(void) = argv[1][0] == 'l' ? call_labs : call_getpid;
    double nanos = atof(argv[4]) * 1e6;
    for (int i = 0; i < atoi(argv[2]); i++) round_of(chunk, nanos);
    for (int i = 0; i < atoi(argv[3]); i++) printf("%.4f\n", round_of(chunk, nanos));
    return 0;
}
