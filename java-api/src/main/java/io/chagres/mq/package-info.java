// SPDX-License-Identifier: Apache-2.0

/** POSIX message queues. */
@NullMarked
package io.chagres.mq;

import org.jspecify.annotations.NullMarked;
