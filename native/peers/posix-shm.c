// SPDX-License-Identifier: Apache-2.0
/* The C peer for POSIX shared memory. */
#include "named-mailboxes.h"
