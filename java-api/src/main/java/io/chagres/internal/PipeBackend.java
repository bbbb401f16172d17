// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.IpcException;
import java.io.File;

/** Makes anonymous pipes. */
public interface PipeBackend {

    /** The end of a pipe that is read. */
    interface Source extends ByteSource, PipeControl {}

    /** The end of a pipe that is written. */
    interface Sink extends ByteSink, PipeControl {}

    /**
     * Both ends of a pipe.
     *
     * @param source to be read
     * @param sink to be written
     */
    record Ends(Source source, Sink sink) {}

    /**
     * Opens a pipe.
     *
     * @param capacity in bytes; 0 for the system's default
     * @param packets whether each write is read by itself
     */
    Ends open(int capacity, boolean packets) throws IpcException;

    /** Takes over a descriptor of a pipe that can be read. */
    Source adoptSource(int fd) throws IpcException;

    /** Takes over a descriptor of a pipe that can be written. */
    Sink adoptSink(int fd) throws IpcException;

    /** A file that is a descriptor of this process, once more, to whoever in it opens it. */
    File file(int fd);
}
