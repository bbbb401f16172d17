// SPDX-License-Identifier: Apache-2.0
/** Tests of the whole; they are all in the test folder. */
@NullMarked
package io.chagres.verification;

import org.jspecify.annotations.NullMarked;
