// SPDX-License-Identifier: Apache-2.0
package io.chagres.event;

import io.chagres.Borrowable;

/**
 * A handle that a {@link Poller} can watch. The poller watches a duplicate of what is borrowed, and
 * gives that back at once. So a foreign handle may close its descriptor while it is registered; but
 * what the descriptor was open on stays open until the registration is closed.
 */
@FunctionalInterface
public interface Pollable extends Borrowable {}
