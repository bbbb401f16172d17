// SPDX-License-Identifier: Apache-2.0
/** What tests share. */
@NullMarked
package io.chagres.test;

import org.jspecify.annotations.NullMarked;
