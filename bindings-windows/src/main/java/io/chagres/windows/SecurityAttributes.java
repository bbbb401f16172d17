// SPDX-License-Identifier: Apache-2.0
package io.chagres.windows;

import io.chagres.windows.gen._SECURITY_ATTRIBUTES;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/**
 * {@code SECURITY_ATTRIBUTES}: who may use an object that is created.
 *
 * @see <a
 *     href="https://learn.microsoft.com/windows/win32/api/wtypesbase/ns-wtypesbase-security_attributes">SECURITY_ATTRIBUTES</a>
 */
public final class SecurityAttributes {

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = _SECURITY_ATTRIBUTES.layout();

    private SecurityAttributes() {}

    /**
     * Sets all fields.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param descriptor a security descriptor, or NULL for the default of the process
     * @param inherit whether child processes inherit the handle
     */
    public static void set(MemorySegment struct, MemorySegment descriptor, boolean inherit) {
        _SECURITY_ATTRIBUTES.nLength(struct, (int) LAYOUT.byteSize());
        _SECURITY_ATTRIBUTES.lpSecurityDescriptor(struct, descriptor);
        _SECURITY_ATTRIBUTES.bInheritHandle(struct, inherit ? 1 : 0);
    }
}
