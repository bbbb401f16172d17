// SPDX-License-Identifier: Apache-2.0

/** The {@code chagres} command and its subcommands. */
@NullMarked
package io.chagres.cli;

import org.jspecify.annotations.NullMarked;
