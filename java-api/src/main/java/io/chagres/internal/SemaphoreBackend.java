// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.Access;
import io.chagres.IpcException;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** What a platform has to offer for named semaphores. */
public interface SemaphoreBackend {

    /**
     * What to create.
     *
     * @param permits that it has at first; not negative
     * @param access exact, whatever the umask
     * @param unlinkOnExit removes the name when the JVM ends
     */
    record Creation(int permits, Access access, boolean unlinkOnExit) {}

    /**
     * A semaphore that exists.
     *
     * @param permits empty when this process may not open it
     */
    record Found(String name, String owner, Access access, OptionalInt permits) {}

    /** Creates a semaphore that does not exist. */
    SemaphoreObject create(String name, Creation creation) throws IpcException;

    /** Opens a semaphore that exists. */
    SemaphoreObject open(String name) throws IpcException;

    /** Opens a semaphore, or creates it if there is none. */
    SemaphoreObject openOrCreate(String name, Creation creation) throws IpcException;

    /** Removes a name. */
    void unlink(String name) throws IpcException;

    /** All semaphores, by name. */
    List<Found> list() throws IOException;
}
