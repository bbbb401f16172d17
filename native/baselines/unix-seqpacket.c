// SPDX-License-Identifier: Apache-2.0
/* A connection of messages with a path. */
#define SOCKET_TYPE SOCK_SEQPACKET
#include "pair.h"
#include "socket-messages.h"
#include "unix-connection.h"
