// SPDX-License-Identifier: Apache-2.0

/** What all mechanisms share: errors, access, and what this machine supports. */
@NullMarked
package io.chagres;

import org.jspecify.annotations.NullMarked;
