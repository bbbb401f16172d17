// SPDX-License-Identifier: Apache-2.0

/**
 * Unix domain sockets: streams, datagrams and sequenced packets, with descriptors and credentials.
 */
@NullMarked
package io.chagres.socket;

import org.jspecify.annotations.NullMarked;
