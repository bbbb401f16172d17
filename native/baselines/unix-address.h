// SPDX-License-Identifier: Apache-2.0
/* The names as addresses. */
#include <sys/socket.h>
#include <sys/un.h>

static struct sockaddr_un address_of(int index) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(names[index]) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        fail(names[index]);
    }
    memcpy(address.sun_path, names[index], strlen(names[index]));
    return address;
}
