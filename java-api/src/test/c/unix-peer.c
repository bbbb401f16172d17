// SPDX-License-Identifier: Apache-2.0
/*
 * A peer for Unix domain sockets that knows the C library alone.
 * usage: unix-peer client|server stream|datagram|seqpacket PATH PID
 *
 * It does what java-api/src/test/python/unix-peer.py tells.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { GREETING = 16, LONGEST = 65536 };

union control { /* room for two descriptors or for credentials */
    struct cmsghdr aligned;
    char room[CMSG_SPACE(sizeof(struct ucred))];
};

static const char *role, *path;
static int type;
static struct ucred java;

/* A sanitizer that cannot look for leaks, under a debugger or in a container, would fail the peer. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0"; }

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

static void require(int right, const char *what) {
    if (!right) {
        fprintf(stderr, "not as expected: %s\n", what);
        exit(1);
    }
}

static void say(const char *line) {
    puts(line);
    fflush(stdout);
}

static struct sockaddr_un address(const char *suffix) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length = snprintf(address.sun_path, sizeof address.sun_path, "%s%s", path, suffix);
    require((size_t)length < sizeof address.sun_path, "the length of the path");
    return address;
}

static void bind_to(int fd, const char *suffix) {
    struct sockaddr_un own = address(suffix);
    if (bind(fd, (struct sockaddr *)&own, sizeof own) < 0) fail("bind");
}

static int open_client(void) {
    int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
    if (fd < 0) fail("socket");
    if (type == SOCK_DGRAM) bind_to(fd, ".client");
    struct sockaddr_un server = address("");
    if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0) fail("connect");
    return fd;
}

static int open_server(void) {
    int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
    if (fd < 0) fail("socket");
    bind_to(fd, "");
    if (type == SOCK_DGRAM) {
        say("ready");
        struct sockaddr_un sender;
        socklen_t length = sizeof sender;
        char byte;
        if (recvfrom(fd, &byte, 1, MSG_PEEK, (struct sockaddr *)&sender, &length) < 0) fail("recvfrom");
        if (connect(fd, (struct sockaddr *)&sender, length) < 0) fail("connect");
        return fd;
    }
    if (listen(fd, 5) < 0) fail("listen");
    say("ready");
    int client = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
    if (client < 0) fail("accept4");
    close(fd);
    return client;
}

static void send_with(int fd, const char *text, int what, const void *data, size_t size) {
    union control control = {0};
    struct iovec part = {(void *)text, GREETING};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = CMSG_SPACE(size)};
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = what;
    c->cmsg_len = CMSG_LEN(size);
    memcpy(CMSG_DATA(c), data, size);
    if (sendmsg(fd, &message, 0) != GREETING) fail("sendmsg");
}

static void receive_with(int fd, const char *text, int what, void *data, size_t size) {
    char bytes[GREETING];
    union control control = {0};
    struct iovec part = {bytes, sizeof bytes};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = CMSG_SPACE(size)};
    if (recvmsg(fd, &message, MSG_CMSG_CLOEXEC) != GREETING) fail("recvmsg");
    require(memcmp(bytes, text, GREETING) == 0, text);
    require(!(message.msg_flags & MSG_CTRUNC), "all that came");
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    require(c != NULL && c->cmsg_level == SOL_SOCKET && c->cmsg_type == what && c->cmsg_len == CMSG_LEN(size),
            "what came with a message");
    memcpy(data, CMSG_DATA(c), size);
}

/* Returns the pipe that the other side writes into. */
static int greet(int fd) {
    int memory = memfd_create("greeting", MFD_CLOEXEC), ends[2];
    if (memory < 0 || write(memory, "memory of a peer", 16) != 16 || pipe(ends) < 0) fail("greeting");
    int passed[] = {memory, ends[1]};
    send_with(fd, "two descriptors.", SCM_RIGHTS, passed, sizeof passed);
    close(memory);
    close(ends[1]);
    struct ucred own = {getpid(), geteuid(), getegid()};
    send_with(fd, "and who sends it", SCM_CREDENTIALS, &own, sizeof own);
    return ends[0];
}

static void be_greeted(int fd) {
    int passed[2], yes = 1, no = 0;
    char text[100];
    struct ucred who;
    receive_with(fd, "two descriptors.", SCM_RIGHTS, passed, sizeof passed);
    ssize_t length = pread(passed[0], text, sizeof text, 0);
    require(length == 14 && memcmp(text, "memory of Java", 14) == 0, "the memory");
    if (write(passed[1], "written by a peer", 17) != 17) fail("write");
    close(passed[0]);
    close(passed[1]);
    if (setsockopt(fd, SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes) < 0) fail("SO_PASSCRED");
    receive_with(fd, "and who sends it", SCM_CREDENTIALS, &who, sizeof who);
    require(memcmp(&who, &java, sizeof who) == 0, "who has sent the message");
    if (type != SOCK_DGRAM) {
        socklen_t size = sizeof who;
        if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) < 0) fail("SO_PEERCRED");
        require(memcmp(&who, &java, sizeof who) == 0, "who has connected");
    }
    if (setsockopt(fd, SOL_SOCKET, SO_PASSCRED, &no, sizeof no) < 0) fail("SO_PASSCRED");
}

static void read_answer(int source) {
    char text[100];
    ssize_t count, length = 0;
    while ((count = read(source, text + length, sizeof text - (size_t)length)) > 0) length += count;
    require(length == 15 && memcmp(text, "written by Java", 15) == 0, "what Java wrote");
    close(source);
}

static void echo(int fd) {
    static char bytes[LONGEST];
    ssize_t length;
    while ((length = recv(fd, bytes, sizeof bytes, 0)) > 0) {
        for (ssize_t sent = 0, count; sent < length; sent += count) {
            count = send(fd, bytes + sent, (size_t)(length - sent), 0);
            if (count < 0) fail("send");
        }
    }
    if (length < 0) fail("recv");
}

int main(int argc, char **argv) {
    if (argc != 5) return 2;
    role = argv[1];
    path = argv[3];
    type = strcmp(argv[2], "stream") == 0     ? SOCK_STREAM
           : strcmp(argv[2], "datagram") == 0 ? SOCK_DGRAM
                                              : SOCK_SEQPACKET;
    java = (struct ucred){atoi(argv[4]), geteuid(), getegid()};
    int source, client = strcmp(role, "client") == 0, fd = client ? open_client() : open_server();
    if (client) {
        source = greet(fd);
        be_greeted(fd);
    } else {
        be_greeted(fd);
        source = greet(fd);
    }
    read_answer(source);
    say("greeted");
    echo(fd);
    close(fd);
    return 0;
}
