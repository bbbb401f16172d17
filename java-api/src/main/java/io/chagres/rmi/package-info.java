// SPDX-License-Identifier: Apache-2.0

/** Remote method invocation over Unix domain sockets, with no TCP port open. */
@NullMarked
package io.chagres.rmi;

import org.jspecify.annotations.NullMarked;
