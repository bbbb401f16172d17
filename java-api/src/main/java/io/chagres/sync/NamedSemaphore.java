// SPDX-License-Identifier: Apache-2.0
package io.chagres.sync;

import io.chagres.IpcException;
import io.chagres.LimitExceededException;
import io.chagres.internal.Deadline;
import io.chagres.internal.SemaphoreBackend;
import io.chagres.internal.SemaphoreObject;
import io.chagres.internal.platform.Backends;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A semaphore between processes, found by its name: a number of permits that any of them takes and
 * gives.
 *
 * <p>It is the POSIX named semaphore, so a C program opens the same one with {@code sem_open}. It
 * lives until it is unlinked or the machine restarts. A name is a slash and then 1 to 251 printable
 * ASCII characters without another slash.
 *
 * <p>Nobody owns a permit. Whoever has the semaphore open may give one, whether or not it has taken
 * one before, and <b>a process that ends does not give back what it holds</b>, however it ends.
 * After {@code kill -9} of a holder its permit is missing until somebody gives one in its place.
 *
 * <p>Thread-safe; any number of threads and processes may use it at once. Permits are handed out in
 * no particular order. What need not wait is done without a system call, and on a platform thread
 * nothing is allocated. A call that waits blocks its platform thread in the system call; a virtual
 * thread parks and leaves its carrier to others. Closing the handle ends it with {@link
 * io.chagres.ClosedException}, an interrupt with {@link InterruptedException}, and in both cases it
 * has taken nothing.
 *
 * <p>All methods that reach the system throw {@link io.chagres.ClosedException} after {@link
 * #close}. There is no descriptor behind a semaphore, so it can be neither polled nor passed on.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/sem_overview.7.html">sem_overview(7)</a>
 */
public final class NamedSemaphore implements AutoCloseable {

    /** The most permits that a semaphore can have: {@code SEM_VALUE_MAX}. */
    public static final int MAX_PERMITS = Integer.MAX_VALUE;

    private final SemaphoreObject semaphore;

    private NamedSemaphore(SemaphoreObject semaphore) {
        this.semaphore = semaphore;
    }

    /**
     * Creates a semaphore for the owner only, and opens it.
     *
     * @param name such as {@code /workers}
     * @param permits that it has at first
     * @return its handle
     * @throws IllegalArgumentException when permits is negative
     * @throws io.chagres.AlreadyExistsException when the name exists, whatever it means; nothing
     *     has changed
     * @throws io.chagres.InvalidNameException when the name breaks a rule
     * @throws IpcException when it fails
     */
    public static NamedSemaphore create(String name, int permits) throws IpcException {
        return create(name, SemaphoreOptions.ofPermits(permits));
    }

    /**
     * Creates a semaphore and opens it. It appears under its name with its permits and its access
     * at once: nobody sees a half-made one, and a process that is killed meanwhile leaves nothing.
     *
     * @param name such as {@code /workers}
     * @param options what to create
     * @return its handle
     * @throws io.chagres.AlreadyExistsException when the name exists, whatever it means; nothing
     *     has changed
     * @throws io.chagres.InvalidNameException when the name breaks a rule
     * @throws IpcException when it fails
     */
    public static NamedSemaphore create(String name, SemaphoreOptions options) throws IpcException {
        return new NamedSemaphore(Backends.semaphores().create(name, creation(options)));
    }

    /**
     * Opens a semaphore that exists.
     *
     * @param name it was created by
     * @return its handle
     * @throws io.chagres.NotFoundException when there is none
     * @throws io.chagres.AccessDeniedException when this user may not both read and write it
     * @throws io.chagres.InvalidNameException when the name breaks a rule
     * @throws IpcException when it fails; also when what has the name is no semaphore, or is a
     *     symbolic link, which is not followed
     */
    public static NamedSemaphore open(String name) throws IpcException {
        return new NamedSemaphore(Backends.semaphores().open(name));
    }

    /**
     * Opens a semaphore, or creates it when there is none. Of any number that do so at once, one
     * creates it and all get the same.
     *
     * @param name such as {@code /workers}
     * @param options what to create; without a say in what exists
     * @return its handle
     * @throws io.chagres.AccessDeniedException when it exists and this user may not open it
     * @throws io.chagres.InvalidNameException when the name breaks a rule
     * @throws IpcException when it fails
     */
    public static NamedSemaphore openOrCreate(String name, SemaphoreOptions options)
            throws IpcException {
        return new NamedSemaphore(Backends.semaphores().openOrCreate(name, creation(options)));
    }

    /**
     * Removes a name. Who has the semaphore open goes on using it; a new one of the same name is
     * another.
     *
     * @param name to remove
     * @throws io.chagres.NotFoundException when there is none
     * @throws io.chagres.AccessDeniedException when it is somebody else's
     * @throws io.chagres.InvalidNameException when the name breaks a rule
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_unlink.3.html">sem_unlink(3)</a>
     */
    public static void unlink(String name) throws IpcException {
        Backends.semaphores().unlink(name);
    }

    /**
     * {@return all semaphores of this machine, or of the container that this process is in, by
     * name}
     *
     * @throws IOException when they cannot be listed
     */
    public static List<NamedSemaphoreEntry> list() throws IOException {
        return Backends.semaphores().list().stream().map(NamedSemaphoreEntry::of).toList();
    }

    /**
     * Takes a permit, and waits until there is one.
     *
     * @throws InterruptedException when the thread is interrupted, before the call or while it
     *     waits; nothing was taken
     * @throws io.chagres.ClosedException when the handle is closed meanwhile; nothing was taken
     * @throws IpcException when it fails; nothing was taken
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_wait.3.html">sem_wait(3)</a>
     */
    public void acquire() throws IpcException, InterruptedException {
        semaphore.acquire(Deadline.NEVER);
    }

    /**
     * Takes a permit if there is one. Does not block, and leaves an interrupt alone.
     *
     * @return false when there was none
     * @throws IpcException when it fails; nothing was taken
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_wait.3.html">sem_trywait(3)</a>
     */
    public boolean tryAcquire() throws IpcException {
        try {
            return semaphore.acquire(Deadline.NOW);
        } catch (InterruptedException e) {
            throw new AssertionError("what does not wait cannot be interrupted", e);
        }
    }

    /**
     * Takes a permit, and waits for one at most for a while. The clock is monotonic.
     *
     * @param timeout how long to wait; zero or less is {@link #tryAcquire()}
     * @return false when there was none until the timeout
     * @throws InterruptedException when the thread is interrupted, before the call or while it
     *     waits; nothing was taken
     * @throws io.chagres.ClosedException when the handle is closed meanwhile; nothing was taken
     * @throws IpcException when it fails; nothing was taken
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_wait.3.html">sem_clockwait(3)</a>
     */
    public boolean tryAcquire(Duration timeout) throws IpcException, InterruptedException {
        return semaphore.acquire(Deadline.after(timeout));
    }

    /**
     * Gives a permit, and so wakes one that waits. What this thread has written to shared memory
     * before is seen by who takes it. Does not block.
     *
     * @throws LimitExceededException when the semaphore has {@link #MAX_PERMITS}; nothing has
     *     changed
     * @throws IpcException when it fails; nothing has changed
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_post.3.html">sem_post(3)</a>
     */
    public void release() throws IpcException {
        semaphore.release();
    }

    /**
     * Gives permits, one after the other: another thread may take the first before the last is
     * given. Does not block.
     *
     * @param permits how many
     * @throws IllegalArgumentException when it is negative
     * @throws LimitExceededException when the semaphore would have more than {@link #MAX_PERMITS}.
     *     Nothing has changed, unless others gave permits in the same moment: then those that there
     *     was room for are given
     * @throws IpcException when it fails
     */
    public void release(int permits) throws IpcException {
        if (permits < 0) {
            throw new IllegalArgumentException("permits " + permits + " is negative");
        }
        semaphore.release(permits);
    }

    /**
     * {@return permits that there are now} It may be different already. Does not block.
     *
     * @throws IpcException when the handle is closed
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_getvalue.3.html">sem_getvalue(3)</a>
     */
    public int value() throws IpcException {
        return semaphore.value();
    }

    /** {@return the name it was opened by, which may have been unlinked since} */
    public String name() {
        return semaphore.name();
    }

    /**
     * Closes the handle; the semaphore, its name and its permits stay, and so do those that were
     * taken. Calls that wait inside end with {@link io.chagres.ClosedException}, and so do later
     * ones. Idempotent. Waits a quarter of a second at most for calls inside to end.
     *
     * @throws IpcException never, if the memory was not unmapped by somebody else
     */
    @Override
    public void close() throws IpcException {
        semaphore.close();
    }

    /** The name. */
    @Override
    public String toString() {
        return "NamedSemaphore[" + name() + "]";
    }

    private static SemaphoreBackend.Creation creation(SemaphoreOptions options) {
        return new SemaphoreBackend.Creation(
                options.permits(), options.access(), options.unlinkOnExit());
    }
}
