// SPDX-License-Identifier: Apache-2.0

/** What a small message there and back costs against C, both ends on one core. */
@NullMarked
package io.chagres.benchmarks.roundtrip;

import org.jspecify.annotations.NullMarked;
