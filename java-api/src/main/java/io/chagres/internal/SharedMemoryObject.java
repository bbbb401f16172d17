// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.OpenMode;
import io.chagres.shm.MapOptions;
import io.chagres.shm.Seal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** An open object of shared memory. Thread-safe. */
public interface SharedMemoryObject {

    /** For the user and for errors. */
    String name();

    /** What it is open for. */
    OpenMode mode();

    /** Bytes now. */
    long size() throws IpcException;

    /** Grows or shrinks it. */
    void resize(long size) throws IpcException;

    /** What nobody can do to it any more. */
    Set<Seal> seals() throws IpcException;

    /** Adds seals. */
    void seal(Set<Seal> seals) throws IpcException;

    /** Maps a range for as long as an arena lives. */
    MemorySegment map(MapOptions options, Arena arena) throws IpcException;

    /** Lends the descriptor. */
    BorrowedDescriptor borrow() throws IpcException;

    /** Gives the descriptor away. */
    int detach() throws IpcException;

    /** Closes the handle. */
    void close() throws IpcException;
}
