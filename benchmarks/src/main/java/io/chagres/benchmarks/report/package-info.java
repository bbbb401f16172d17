// SPDX-License-Identifier: Apache-2.0

/**
 * What is made of a run's results for people: a page to look at, and a document of the repository.
 */
@NullMarked
package io.chagres.benchmarks.report;

import org.jspecify.annotations.NullMarked;
