// SPDX-License-Identifier: Apache-2.0
/*
 * A user of named semaphores that knows the C library alone.
 * usage: semaphore-peer create NAME VALUE   creates it, says its value, and removes it when told
 *        semaphore-peer echo PING PONG N    takes N permits of PING, each followed by giving one of PONG
 */
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

static void say_value(sem_t *semaphore) {
    int value;
    if (sem_getvalue(semaphore, &value) < 0) fail("sem_getvalue");
    printf("%d\n", value);
    fflush(stdout);
}

int main(int argc, char **argv) {
    if (argc == 4 && strcmp(argv[1], "create") == 0) {
        sem_t *semaphore = sem_open(argv[2], O_CREAT | O_EXCL, 0600, (unsigned)atoi(argv[3]));
        if (semaphore == SEM_FAILED) fail(argv[2]);
        say_value(semaphore);
        while (getchar() == '\n') { /* a line: take one, and say what is left */
            if (sem_wait(semaphore) < 0) fail("sem_wait");
            say_value(semaphore);
        }
        return sem_unlink(argv[2]) < 0;
    }
    if (argc == 5 && strcmp(argv[1], "echo") == 0) {
        sem_t *ping = sem_open(argv[2], 0), *pong = sem_open(argv[3], 0);
        if (ping == SEM_FAILED || pong == SEM_FAILED) fail("sem_open");
        say_value(ping);
        for (int i = atoi(argv[4]); i > 0; i--) {
            if (sem_wait(ping) < 0) fail("sem_wait");
            if (sem_post(pong) < 0) fail("sem_post");
        }
        return 0;
    }
    return 2;
}
