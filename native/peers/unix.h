// SPDX-License-Identifier: Apache-2.0
/*
 * What the C peers for Unix domain sockets share: who the other side is, and the greeting before the
 * messages. NAME is PID,PATH: the process that drives, and the path of its socket without the suffix.
 *
 * The peer says hello. The driver passes a memfd, sealed against any change, that begins with a number
 * of eight bytes in the machine's order; the rest follows from it. The peer passes one back with the
 * same number and the bytes of an answer. Each of these three greetings has 64 bytes of payload and
 * comes with the credentials of its sender.
 *
 * Its Java twins are io.chagres.cli.check.UnixGreeting and UnixLetter.
 */
#ifndef CHAGRES_UNIX_H
#define CHAGRES_UNIX_H

#include "peer.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

enum { LETTER_SIZE = 4096, LETTER_SEALS = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL };

static struct ucred unix_driver; /* who it has to be */
static const char *unix_path;

static void unix_name(const char *name) {
    int pid, end = 0;
    if (sscanf(name, "%d,%n", &pid, &end) != 1 || end == 0) {
        fprintf(stderr, "not a process and a path: %s\n", name);
        exit(1);
    }
    unix_driver = (struct ucred){pid, geteuid(), getegid()};
    unix_path = name + end;
}

static struct sockaddr_un unix_address(const char *suffix) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length = snprintf(address.sun_path, sizeof address.sun_path, "%s%s", unix_path, suffix);
    if ((size_t)length >= sizeof address.sun_path) {
        fprintf(stderr, "the path is too long for a socket: %s%s\n", unix_path, suffix);
        exit(1);
    }
    return address;
}

/* A socket that is told who sends each message. */
static int unix_socket(int type) {
    int yes = 1, fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
    if (fd < 0) peer_fail("socket");
    if (setsockopt(fd, SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes) < 0) peer_fail("SO_PASSCRED");
    return fd;
}

static void unix_connect(int fd, const char *suffix) {
    struct sockaddr_un address = unix_address(suffix);
    int connected;
    do connected = connect(fd, (struct sockaddr *)&address, sizeof address);
    while (connected < 0 && errno == EINTR);
    if (connected < 0) peer_fail(address.sun_path);
}

static void unix_require_driver(const char *what, const struct ucred *who) {
    if (who->pid != unix_driver.pid || who->uid != unix_driver.uid || who->gid != unix_driver.gid) {
        fprintf(stderr, "%s process %d (%u:%u), not process %d (%u:%u)\n", what, who->pid, who->uid, who->gid,
                unix_driver.pid, unix_driver.uid, unix_driver.gid);
        exit(1);
    }
}

/* Of a connection: who was at the other end when it was made. */
__attribute__((unused)) static void unix_require_connected(int fd) {
    struct ucred who;
    socklen_t size = sizeof who;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) < 0) peer_fail("SO_PEERCRED");
    unix_require_driver("at the other end is", &who);
}

/* What comes with a message: its sender, who is verified, and at most one descriptor; -1 without. */
static int unix_take_control(struct msghdr *message) {
    int passed = -1, sent = 0;
    if (message->msg_flags & MSG_CTRUNC) {
        fprintf(stderr, "a message came with more than it should\n");
        exit(1);
    }
    for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c)) {
        if (c->cmsg_level != SOL_SOCKET) continue;
        if (c->cmsg_type == SCM_RIGHTS && c->cmsg_len == CMSG_LEN(sizeof passed)) {
            memcpy(&passed, CMSG_DATA(c), sizeof passed);
        } else if (c->cmsg_type == SCM_CREDENTIALS) {
            struct ucred who;
            memcpy(&who, CMSG_DATA(c), sizeof who);
            unix_require_driver("a message is from", &who);
            sent = 1;
        }
    }
    if (!sent) {
        fprintf(stderr, "a message came without the credentials of its sender\n");
        exit(1);
    }
    return passed;
}

/* Receives a message, or what there is of a stream, with what comes with it; 0 at the end. */
static size_t unix_receive(int fd, void *buffer, size_t size, int *passed) {
    union {
        struct cmsghdr aligned;
        char room[CMSG_SPACE(sizeof(struct ucred)) + CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = {buffer, size};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t length;
    do length = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
    while (length < 0 && errno == EINTR);
    if (length < 0) peer_fail("recvmsg");
    if (length == 0) return 0;
    *passed = unix_take_control(&message);
    if (message.msg_flags & MSG_TRUNC) {
        fprintf(stderr, "a message is longer than %zu bytes\n", size);
        exit(2);
    }
    return (size_t)length;
}

/* Sends a greeting, whose bytes follow from its number, with a descriptor unless that is -1. */
static void unix_greet(int fd, uint64_t number, int passed) {
    unsigned char bytes[FIXED_LENGTH];
    union {
        struct cmsghdr aligned;
        char room[CMSG_SPACE(sizeof(struct ucred)) + CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct iovec part = {bytes, sizeof bytes};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    struct ucred own = {getpid(), geteuid(), getegid()};
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_CREDENTIALS;
    c->cmsg_len = CMSG_LEN(sizeof own);
    memcpy(CMSG_DATA(c), &own, sizeof own);
    if (passed >= 0) {
        c = CMSG_NXTHDR(&message, c);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(sizeof passed);
        memcpy(CMSG_DATA(c), &passed, sizeof passed);
    } else {
        message.msg_controllen = CMSG_SPACE(sizeof own);
    }
    fill(bytes, sizeof bytes, number, REPLY);
    ssize_t sent;
    do sent = sendmsg(fd, &message, 0);
    while (sent < 0 && errno == EINTR);
    if (sent < 0) peer_fail("sendmsg");
}

/* Receives the driver's greeting, and the descriptor that comes with it. */
static int unix_receive_greeting(int fd, uint64_t number) {
    unsigned char bytes[FIXED_LENGTH];
    int passed = -1;
    size_t got = unix_receive(fd, bytes, sizeof bytes, &passed);
    while (got > 0 && got < sizeof bytes) { /* a stream may give it in parts */
        int none;
        size_t more = unix_receive(fd, bytes + got, sizeof bytes - got, &none);
        if (more == 0) break;
        got += more;
    }
    for (size_t p = 0; p < sizeof bytes; p++) {
        if (p >= got || bytes[p] != payload_byte(number, REQUEST, p)) {
            fprintf(stderr, "the greeting is wrong at byte %zu\n", p);
            exit(2);
        }
    }
    if (passed < 0) {
        fprintf(stderr, "a greeting came without its descriptor\n");
        exit(1);
    }
    return passed;
}

static void letter_fill(unsigned char *letter, uint64_t number, int direction) {
    memcpy(letter, &number, sizeof number);
    fill(letter + sizeof number, LETTER_SIZE - sizeof number, number, direction);
}

/* Verifies what was passed, and closes it. */
static uint64_t letter_read(int memory) {
    unsigned char letter[LETTER_SIZE], expected[LETTER_SIZE];
    uint64_t number;
    struct stat stat;
    int seals = fcntl(memory, F_GET_SEALS);
    if (seals < 0 || fstat(memory, &stat) < 0) peer_fail("the descriptor that was passed");
    if ((seals & LETTER_SEALS) != LETTER_SEALS || stat.st_size != LETTER_SIZE) {
        fprintf(stderr, "the memory that was passed has the seals %#x and %lld bytes\n", seals,
                (long long)stat.st_size);
        exit(1);
    }
    if (pread(memory, letter, sizeof letter, 0) != sizeof letter) peer_fail("pread");
    close(memory);
    memcpy(&number, letter, sizeof number);
    letter_fill(expected, number, REQUEST);
    for (size_t p = 0; p < sizeof letter; p++) {
        if (letter[p] != expected[p]) {
            fprintf(stderr, "the memory that was passed is wrong at byte %zu\n", p);
            exit(2);
        }
    }
    return number;
}

__attribute__((unused)) static int letter_write(uint64_t number) {
    unsigned char letter[LETTER_SIZE];
    int memory = memfd_create("letter", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (memory < 0) peer_fail("memfd_create");
    letter_fill(letter, number, REPLY);
    if (write(memory, letter, sizeof letter) != sizeof letter) peer_fail("write");
    if (fcntl(memory, F_ADD_SEALS, LETTER_SEALS) < 0) peer_fail("F_ADD_SEALS");
    return memory;
}

#ifndef UNIX_OWN_ANSWER /* a test that answers otherwise */
static void unix_answer(int fd, uint64_t number) {
    int reply = letter_write(number);
    unix_greet(fd, 1, reply);
    close(reply);
}
#else
static void unix_answer(int fd, uint64_t number);
#endif

/* The whole greeting, on the peer's side. */
static void unix_greeting(int fd) {
    unix_greet(fd, 0, -1);
    unix_answer(fd, letter_read(unix_receive_greeting(fd, 1)));
}

/* Connects to the driver, who has to be the one that it says. */
__attribute__((unused)) static int unix_open_connection(const char *name, int type) {
    unix_name(name);
    int fd = unix_socket(type);
    unix_connect(fd, ".server");
    unix_require_connected(fd);
    unix_greeting(fd);
    return fd;
}

__attribute__((unused)) static void unix_send(int fd, const unsigned char *buffer, size_t length) {
    ssize_t sent;
    do sent = send(fd, buffer, length, 0);
    while (sent < 0 && errno == EINTR);
    if (sent < 0) peer_fail("send");
}

#endif
