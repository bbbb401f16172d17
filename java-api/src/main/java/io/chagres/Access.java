// SPDX-License-Identifier: Apache-2.0
package io.chagres;

import java.util.Locale;

/**
 * Who may use an object that is created. Immutable.
 *
 * <p>The umask has no say: an object gets exactly these permissions, and it never has wider ones,
 * at no instant.
 */
public final class Access {

    private static final int PERMISSION_BITS = 0777;
    private static final Access OWNER_ONLY = new Access(0600);

    private final int mode;

    private Access(int mode) {
        this.mode = mode;
    }

    /**
     * The creating user alone may read and write: the default everywhere.
     *
     * @return access with mode 0600
     */
    public static Access ownerOnly() {
        return OWNER_ONLY;
    }

    /**
     * {@return access with these POSIX permissions}
     *
     * @param mode such as {@code 0660}: a leading zero makes it octal
     * @throws IllegalArgumentException when bits outside of {@code 0777} are set
     */
    public static Access mode(int mode) {
        if ((mode & ~PERMISSION_BITS) != 0) {
            throw new IllegalArgumentException(
                    "mode 0" + Integer.toOctalString(mode) + " has bits outside of 0777");
        }
        return new Access(mode);
    }

    /** {@return the POSIX permissions} */
    public int mode() {
        return mode;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Access a && a.mode == mode;
    }

    @Override
    public int hashCode() {
        return mode;
    }

    /** Such as {@code 0600}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "0%03o", mode);
    }
}
