// SPDX-License-Identifier: Apache-2.0
/* A stream socket with a path. */
#define SOCKET_TYPE SOCK_STREAM
#include "pair.h"
#include "socket-stream.h"
#include "unix-connection.h"
