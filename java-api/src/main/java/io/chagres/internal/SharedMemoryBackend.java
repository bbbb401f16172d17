// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.IpcException;
import io.chagres.OpenMode;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryEntry;
import io.chagres.shm.SharedMemoryOptions;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes and finds shared memory on one platform. Options have been checked as far as they can. */
public interface SharedMemoryBackend {

    /**
     * Creates an object that must not exist; it gets its name when it is complete, and stays zero
     * without an initializer.
     */
    SharedMemoryObject create(
            String name,
            SharedMemoryOptions options,
            SharedMemory.@Nullable Initializer initializer)
            throws IpcException;

    /** Opens an object that exists. */
    SharedMemoryObject open(String name, OpenMode mode) throws IpcException;

    /** Opens the object, or creates it complete. */
    SharedMemoryObject openOrCreate(
            String name,
            SharedMemoryOptions options,
            SharedMemory.@Nullable Initializer initializer)
            throws IpcException;

    /** Makes an object without a name; that given is of use in reports only. */
    SharedMemoryObject anonymous(String debugName, SharedMemoryOptions options) throws IpcException;

    /** Takes over what others have opened. */
    SharedMemoryObject adopt(int descriptor) throws IpcException;

    /** Removes a name. */
    void unlink(String name) throws IpcException;

    /** All objects that have names, by name. */
    List<SharedMemoryEntry> list() throws IOException;
}
