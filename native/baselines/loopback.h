// SPDX-License-Identifier: Apache-2.0
/* Addresses of this machine for itself. The driver lets the system choose its port, and tells it. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

static struct sockaddr_in loopback(int port) {
    return (struct sockaddr_in){
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
        .sin_port = htons((uint16_t)port),
    };
}

static struct sockaddr_in told_address(void) { return loopback(atoi(names[0])); }

static void tell_port_of(int fd) {
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &length) != 0) fail("getsockname");
    snprintf(names[0], NAME_SIZE, "%d", ntohs(address.sin_port));
    snprintf(names[1], NAME_SIZE, "-");
}
