// SPDX-License-Identifier: Apache-2.0

/**
 * The call layer of Linux: one class for each C header, one static method for each C function,
 * under their C names.
 *
 * <p>It has no policy: no retry, no check of arguments, no allocation per call. A result {@code >=
 * 0} is success; a negative one is the negated {@code errno}, to compare with the constants of
 * {@link io.chagres.posix.Errno}. A function that returns a pointer returns it as a {@code long};
 * one between -4095 and -1 is the negated {@code errno}.
 *
 * <p>Arguments are raw: a wrong descriptor, length or address does what it does in C. Every method
 * throws
 *
 * <ul>
 *   <li>{@link java.lang.UnsatisfiedLinkError} naming the symbol, when the C library lacks it;
 *   <li>{@link java.lang.IllegalCallerException} naming the flag to pass, when native access is not
 *       enabled for this module;
 *   <li>{@link java.lang.IllegalArgumentException} for a segment on the heap, {@link
 *       java.lang.IllegalStateException} for one whose arena is closed, {@link
 *       java.lang.WrongThreadException} for one confined to another thread.
 * </ul>
 */
@NullMarked
package io.chagres.posix;

import org.jspecify.annotations.NullMarked;
