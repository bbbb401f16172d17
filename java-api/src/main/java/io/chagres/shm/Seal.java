// SPDX-License-Identifier: Apache-2.0
package io.chagres.shm;

/**
 * What nobody can do any more to anonymous shared memory, in no process, once it is sealed. A seal
 * is never taken off.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2), file sealing</a>
 */
public enum Seal {
    /** It does not shrink: what was mapped stays mapped, whatever a peer does. */
    SHRINK,
    /** It does not grow. */
    GROW,
    /** Its content does not change. Refused while a writable mapping exists anywhere. */
    WRITE,
    /** It gets no new writable mappings; those that exist still write. Linux 5.1. */
    FUTURE_WRITE,
    /** It gets no more seals. */
    SEAL
}
