// SPDX-License-Identifier: Apache-2.0

/**
 * The call layer of Windows: one class for each library, one static method for each function, under
 * their own names without the {@code W} of the wide-character form.
 *
 * <p>It has no policy: no retry, no check of arguments, no allocation per call. A result {@code >=
 * 0} is success; a negative one is the negated error code, to compare with the constants of {@link
 * io.chagres.windows.WinError}. A handle is a {@code long}; a {@code BOOL} that says yes is 0.
 *
 * <p>The classes of this package can be used on Windows only. Every method throws
 *
 * <ul>
 *   <li>{@link java.lang.UnsatisfiedLinkError} naming the symbol, when the library lacks it, as all
 *       do on other systems;
 *   <li>{@link java.lang.IllegalCallerException} naming the flag to pass, when native access is not
 *       enabled for this module;
 *   <li>{@link java.lang.IllegalArgumentException} for a segment on the heap, {@link
 *       java.lang.IllegalStateException} for one whose arena is closed, {@link
 *       java.lang.WrongThreadException} for one confined to another thread.
 * </ul>
 */
@NullMarked
package io.chagres.windows;

import org.jspecify.annotations.NullMarked;
