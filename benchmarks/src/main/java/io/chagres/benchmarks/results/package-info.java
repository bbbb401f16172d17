// SPDX-License-Identifier: Apache-2.0

/** What was measured, as {@code --json} writes it; the page and the document are made of this. */
@NullMarked
package io.chagres.benchmarks.results;

import org.jspecify.annotations.NullMarked;
