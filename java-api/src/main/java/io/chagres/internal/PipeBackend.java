// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.IpcException;
import java.io.File;

/** Makes anonymous pipes. */
public interface PipeBackend {

    /**
     * Both ends of a pipe.
     *
     * @param source to be read
     * @param sink to be written
     */
    record Ends(ByteSource source, ByteSink sink) {}

    /**
     * Opens a pipe.
     *
     * @param capacity in bytes; 0 for the system's default
     * @param packets whether each write is read by itself
     */
    Ends open(int capacity, boolean packets) throws IpcException;

    /** Takes over a descriptor of a pipe that can be read. */
    ByteSource adoptSource(int fd) throws IpcException;

    /** Takes over a descriptor of a pipe that can be written. */
    ByteSink adoptSink(int fd) throws IpcException;

    /** A file that is a descriptor of this process, once more, to whoever in it opens it. */
    File file(int fd);
}
