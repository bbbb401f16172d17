// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

import io.chagres.IpcException;
import io.chagres.internal.Deadline;
import io.chagres.internal.posix.Fifos;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Pipes that have a name in the file system. Any process that may can open an end; the bytes are in
 * the kernel and never on the disk, and are gone when the last one closes it.
 *
 * <p>Opening an end waits until somebody opens the other one. A call that waits blocks its platform
 * thread, a virtual thread parks; an interrupt ends either with {@link InterruptedException}, and a
 * timeout with {@link io.chagres.TimedOutException}, and the FIFO is as it was.
 *
 * <p>Only a FIFO is opened or removed. A symbolic link in the last part of a path is not followed,
 * whatever it points to; links in the folders above are.
 *
 * <p>All methods throw {@link UnsupportedOperationException} where the platform has no FIFOs,
 * {@link IllegalArgumentException} for a path that is not of the default file system, and {@link
 * IllegalCallerException} naming the flag to pass where native access is not enabled.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/fifo.7.html">fifo(7)</a>
 */
public final class Fifo {

    private Fifo() {}

    /**
     * Creates a FIFO that must not exist, for the owner only.
     *
     * @param path where
     * @throws IpcException as {@link #create(Path, FifoOptions)} does
     */
    public static void create(Path path) throws IpcException {
        create(path, FifoOptions.defaults());
    }

    /**
     * Creates a FIFO that must not exist.
     *
     * @param path where
     * @param options who may open it, and whether it is removed when the JVM ends
     * @throws io.chagres.AlreadyExistsException when there is anything of that name, also a
     *     symbolic link
     * @throws io.chagres.NotFoundException when the folder does not exist
     * @throws io.chagres.AccessDeniedException when the folder's permissions refuse
     * @throws IpcException when it fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man3/mkfifo.3.html">mkfifo(3)</a>
     */
    public static void create(Path path, FifoOptions options) throws IpcException {
        Fifos.create(path, options.access().mode(), options.unlinkOnExit());
    }

    /**
     * Creates a FIFO unless it exists; of several processes that try, exactly one creates.
     *
     * @param path where
     * @param options of a FIFO that is created; one that exists keeps its own
     * @return whether it was created
     * @throws IpcException as {@link #create(Path, FifoOptions)} does; and when there is something
     *     of that name that is not a FIFO
     */
    public static boolean createIfAbsent(Path path, FifoOptions options) throws IpcException {
        return Fifos.createIfAbsent(path, options.access().mode(), options.unlinkOnExit());
    }

    /**
     * Opens a FIFO to read from it, when a writer has opened it.
     *
     * @param path of the FIFO
     * @return the open end
     * @throws io.chagres.NotFoundException when there is nothing of that name
     * @throws io.chagres.AccessDeniedException when its permissions refuse
     * @throws io.chagres.LimitExceededException when this process can open nothing more
     * @throws InterruptedException when the thread is interrupted
     * @throws IpcException when it is not a FIFO, or fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
     */
    public static PipeSource openSource(Path path) throws IpcException, InterruptedException {
        return new PipeSource(Fifos.openSource(path, Deadline.NEVER));
    }

    /**
     * Opens a FIFO to read from it, as {@link #openSource(Path)}, but waits no longer than a
     * timeout for a writer.
     *
     * @param path of the FIFO
     * @param timeout how long to wait; zero or negative does not wait
     * @return the open end
     * @throws io.chagres.TimedOutException when no writer has come
     * @throws InterruptedException when the thread is interrupted
     * @throws IpcException when it is not a FIFO, or fails for another reason
     */
    public static PipeSource openSource(Path path, Duration timeout)
            throws IpcException, InterruptedException {
        return new PipeSource(Fifos.openSource(path, Deadline.after(timeout)));
    }

    /**
     * Opens a FIFO to write to it, when a reader has opened it.
     *
     * @param path of the FIFO
     * @return the open end
     * @throws io.chagres.NotFoundException when there is nothing of that name
     * @throws io.chagres.AccessDeniedException when its permissions refuse
     * @throws io.chagres.LimitExceededException when this process can open nothing more
     * @throws InterruptedException when the thread is interrupted
     * @throws IpcException when it is not a FIFO, or fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
     */
    public static PipeSink openSink(Path path) throws IpcException, InterruptedException {
        return new PipeSink(Fifos.openSink(path, Deadline.NEVER));
    }

    /**
     * Opens a FIFO to write to it, as {@link #openSink(Path)}, but waits no longer than a timeout
     * for a reader.
     *
     * @param path of the FIFO
     * @param timeout how long to wait; zero or negative does not wait
     * @return the open end
     * @throws io.chagres.TimedOutException when no reader has come
     * @throws InterruptedException when the thread is interrupted
     * @throws IpcException when it is not a FIFO, or fails for another reason
     */
    public static PipeSink openSink(Path path, Duration timeout)
            throws IpcException, InterruptedException {
        return new PipeSink(Fifos.openSink(path, Deadline.after(timeout)));
    }

    /**
     * Removes a FIFO's name. Those who have it open go on using it.
     *
     * @param path of the FIFO
     * @throws io.chagres.NotFoundException when there is nothing of that name
     * @throws io.chagres.AccessDeniedException when the folder's permissions refuse
     * @throws IpcException when it is not a FIFO, which is left, or fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man2/unlink.2.html">unlink(2)</a>
     */
    public static void unlink(Path path) throws IpcException {
        Fifos.unlink(path);
    }
}
