// SPDX-License-Identifier: Apache-2.0
/* The C peer for named semaphores. */
#include "named-mailboxes.h"
