// SPDX-License-Identifier: Apache-2.0
/* A peer of a test: unix-stream, but the answer to the driver's memory is as the variable ANSWER says. */
#define UNIX_OWN_ANSWER
#include "unix-stream.c"

static int is(const char *what) {
    const char *answer = getenv("ANSWER");
    return answer != NULL && strcmp(answer, what) == 0;
}

/* A letter with a wrong last byte, or one that can still be changed. */
static int memory(uint64_t number, unsigned char spoil, int seals) {
    unsigned char letter[LETTER_SIZE];
    int memory = memfd_create("letter", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    letter_fill(letter, number, REPLY);
    letter[LETTER_SIZE - 1] ^= spoil;
    if (write(memory, letter, sizeof letter) != sizeof letter) peer_fail("write");
    if (fcntl(memory, F_ADD_SEALS, seals) < 0) peer_fail("F_ADD_SEALS");
    return memory;
}

static void unix_answer(int fd, uint64_t number) {
    int pipe_ends[2];
    if (pipe(pipe_ends) < 0) peer_fail("pipe");
    if (is("right")) unix_greet(fd, 1, letter_write(number));
    else if (is("without a descriptor")) unix_greet(fd, 1, -1);
    else if (is("a pipe")) unix_greet(fd, 1, pipe_ends[0]);
    else if (is("another number")) unix_greet(fd, 1, letter_write(number + 1));
    else if (is("a wrong byte")) unix_greet(fd, 1, memory(number, 1, LETTER_SEALS));
    else if (is("not sealed")) unix_greet(fd, 1, memory(number, 0, F_SEAL_SHRINK));
    else if (is("another greeting")) unix_greet(fd, 2, letter_write(number));
    else exit(1);
}
