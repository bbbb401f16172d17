// SPDX-License-Identifier: Apache-2.0

/**
 * {@code chagres check}: real messages between this process and a second one, for every mechanism.
 *
 * <p>A mechanism takes part with one {@link io.chagres.cli.check.MechanismCheck} and one C file in
 * {@code native/peers}.
 */
@NullMarked
package io.chagres.cli.check;

import org.jspecify.annotations.NullMarked;
