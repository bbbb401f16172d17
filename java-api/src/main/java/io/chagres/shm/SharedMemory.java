// SPDX-License-Identifier: Apache-2.0
package io.chagres.shm;

import io.chagres.AccessDeniedException;
import io.chagres.Borrowable;
import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.Mechanism;
import io.chagres.OpenMode;
import io.chagres.internal.SharedMemoryBackend;
import io.chagres.internal.SharedMemoryObject;
import io.chagres.internal.platform.Backends;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Shared memory: the same bytes in several processes, as fast as memory. Named objects are those of
 * {@code shm_open}; anonymous ones go to other processes by their descriptor, and can be sealed.
 *
 * <p>A handle stands for the object, a {@link Mapping} for its bytes in this process; each is
 * closed by itself. The name is a third thing: {@link #close} never removes it, {@link #unlink}
 * does. A name is a slash and then 1 to 254 printable ASCII characters without another slash, and
 * does not begin with {@code /sem.}, which are the names of semaphores.
 *
 * <p>Memory is allocated when the object is made or grows, so that a store cannot fail for want of
 * it. An object gets its name when it is complete: allocated, initialized, with its permissions.
 * Nobody sees it earlier, whatever happens to its creator.
 *
 * <p><b>A peer can truncate an object that is not sealed</b>, if it may write to it. Touching what
 * is gone is then an {@link InternalError} at best, and at worst the end of this JVM. Between
 * processes that do not trust each other use {@link #anonymous} memory, {@linkplain #seal sealed}
 * by its maker with {@link Seal#SHRINK}, and {@link #requireSeals} before mapping what was
 * received.
 *
 * <p>Thread-safe. All methods that reach the system throw {@link io.chagres.ClosedException} after
 * {@link #close}, {@link UnsupportedOperationException} where the platform has no such memory, and
 * {@link IllegalCallerException} naming the flag to pass where native access is not enabled.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/shm_overview.7.html">shm_overview(7)</a>
 */
public final class SharedMemory implements Borrowable, AutoCloseable {

    private static final String NO_NAME = "chagres";

    private final SharedMemoryObject object;

    private SharedMemory(SharedMemoryObject object) {
        this.object = object;
    }

    /** Fills memory before others can see it. */
    @FunctionalInterface
    public interface Initializer {

        /**
         * Fills it. What it throws ends the creation, of which nothing is left then.
         *
         * @param memory the whole object, writable and all zero; for this thread only, and only
         *     until this method returns
         * @throws IpcException passed on to the creator
         */
        void initialize(MemorySegment memory) throws IpcException;
    }

    /**
     * Creates an object that must not exist, all zero, for the owner only.
     *
     * @param name of the object
     * @param size bytes
     * @return the open object, to read and to write
     * @throws IpcException as {@link #create(String, SharedMemoryOptions)} does
     */
    public static SharedMemory create(String name, long size) throws IpcException {
        return create(name, SharedMemoryOptions.ofSize(size));
    }

    /**
     * Creates an object that must not exist, all zero.
     *
     * @param name of the object
     * @param options its size and access, and what the returned handle is for
     * @return the open object
     * @throws io.chagres.InvalidNameException when the name breaks the rules
     * @throws io.chagres.AlreadyExistsException when something of that name exists
     * @throws io.chagres.AccessDeniedException when this user may not create objects
     * @throws io.chagres.LimitExceededException when there is not enough memory, naming the file
     *     system and the bytes that are free; nothing is left behind
     * @throws IpcException when it fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man3/shm_open.3.html">shm_open(3)</a>
     */
    public static SharedMemory create(String name, SharedMemoryOptions options)
            throws IpcException {
        return new SharedMemory(named().create(name, requireNamed(options), null));
    }

    /**
     * Creates an object that must not exist, and fills it before others can see it.
     *
     * @param name of the object
     * @param options its size and access, and what the returned handle is for
     * @param initializer fills it
     * @return the open object
     * @throws IpcException as {@link #create(String, SharedMemoryOptions)} does
     */
    public static SharedMemory create(
            String name, SharedMemoryOptions options, Initializer initializer) throws IpcException {
        Objects.requireNonNull(initializer, "initializer");
        return new SharedMemory(named().create(name, requireNamed(options), initializer));
    }

    /**
     * Opens an object that exists, to read and to write.
     *
     * @param name of the object
     * @return the open object
     * @throws IpcException as {@link #open(String, OpenMode)} does
     */
    public static SharedMemory open(String name) throws IpcException {
        return open(name, OpenMode.READ_WRITE);
    }

    /**
     * Opens an object that exists. A peer that creates objects by {@code shm_open} and then {@code
     * ftruncate} may be between the two: {@link #size} is 0 then.
     *
     * @param name of the object
     * @param mode what the returned handle is for; not {@link OpenMode#WRITE_ONLY}
     * @return the open object
     * @throws IllegalArgumentException for {@link OpenMode#WRITE_ONLY}
     * @throws io.chagres.InvalidNameException when the name breaks the rules
     * @throws io.chagres.NotFoundException when there is no object of that name
     * @throws io.chagres.AccessDeniedException when its permissions refuse
     * @throws io.chagres.LimitExceededException when this process can open nothing more
     * @throws IpcException when it fails for another reason, such as that there is a symbolic link,
     *     a directory or a FIFO under that name
     * @see <a href="https://man7.org/linux/man-pages/man3/shm_open.3.html">shm_open(3)</a>
     */
    public static SharedMemory open(String name, OpenMode mode) throws IpcException {
        if (mode == OpenMode.WRITE_ONLY) {
            throw new IllegalArgumentException("memory that can be written can be read");
        }
        return new SharedMemory(named().open(name, mode));
    }

    /**
     * Opens an object, creating it if it does not exist, all zero; of several processes that try,
     * exactly one creates.
     *
     * @param name of the object
     * @param options size and access of an object that is created (one that exists keeps its own),
     *     and what the returned handle is for
     * @return the open object
     * @throws IpcException as {@link #open(String, OpenMode)} and {@link #create(String,
     *     SharedMemoryOptions)} do
     */
    public static SharedMemory openOrCreate(String name, SharedMemoryOptions options)
            throws IpcException {
        return new SharedMemory(named().openOrCreate(name, requireNamed(options), null));
    }

    /**
     * Opens an object, creating and filling it if it does not exist. Of several processes that try
     * at once, more than one may run its initializer, but exactly one initialization becomes
     * visible, and each returns with that. It is so also when any of them is killed at any step.
     *
     * @param name of the object
     * @param options size and access of an object that is created (one that exists keeps its own),
     *     and what the returned handle is for
     * @param initializer fills what is created
     * @return the open object
     * @throws IpcException as {@link #open(String, OpenMode)} and {@link #create(String,
     *     SharedMemoryOptions)} do
     */
    public static SharedMemory openOrCreate(
            String name, SharedMemoryOptions options, Initializer initializer) throws IpcException {
        Objects.requireNonNull(initializer, "initializer");
        return new SharedMemory(named().openOrCreate(name, requireNamed(options), initializer));
    }

    /**
     * Makes memory without a name, all zero and not executable. Other processes get it by its
     * descriptor; it is gone with its last user.
     *
     * @param options its size; to read and to write
     * @return the open object
     * @throws IpcException as {@link #anonymous(String, SharedMemoryOptions)} does
     */
    public static SharedMemory anonymous(SharedMemoryOptions options) throws IpcException {
        return anonymous(NO_NAME, options);
    }

    /**
     * Makes memory without a name, all zero and not executable. Other processes get it by its
     * descriptor; it is gone with its last user.
     *
     * @param debugName shown in {@code /proc/PID/maps} and errors; need not be unique
     * @param options its size; to read and to write
     * @return the open object
     * @throws IllegalArgumentException when the name is longer than 249 characters or not printable
     *     ASCII, or the options are for reading only
     * @throws io.chagres.LimitExceededException when there is not enough memory or no huge pages
     * @throws IpcException when it fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man2/memfd_create.2.html">memfd_create(2)</a>
     */
    public static SharedMemory anonymous(String debugName, SharedMemoryOptions options)
            throws IpcException {
        if (options.mode() != OpenMode.READ_WRITE) {
            throw new IllegalArgumentException("nobody could ever write to it");
        }
        SharedMemoryBackend backend = Backends.sharedMemory(Mechanism.MEMFD);
        return new SharedMemory(backend.anonymous(debugName, options));
    }

    /**
     * Takes over a descriptor of shared memory that is open already, such as one that was received
     * or inherited. It is made close-on-exec, and {@link #close} closes it. Whether a peer can
     * truncate it is told by {@link #requireSeals}, how large it is by {@link #size}.
     *
     * @param fd the descriptor; from now on this handle owns it
     * @return a handle that is for what the descriptor is open for
     * @throws IllegalArgumentException when it is negative
     * @throws IpcException when it is not that of shared memory, or cannot be read; it is left open
     */
    public static SharedMemory adopt(int fd) throws IpcException {
        return new SharedMemory(Backends.sharedMemory(Mechanism.MEMFD).adopt(fd));
    }

    /**
     * Removes an object's name. Those who have it open or mapped go on using it; it is gone when
     * the last of them has let go of it.
     *
     * @param name of the object
     * @throws io.chagres.InvalidNameException when the name breaks the rules
     * @throws io.chagres.NotFoundException when there is no object of that name
     * @throws io.chagres.AccessDeniedException when it belongs to another user
     * @throws IpcException when it fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man3/shm_open.3.html">shm_unlink(3)</a>
     */
    public static void unlink(String name) throws IpcException {
        named().unlink(name);
    }

    /**
     * {@return the named objects of this machine (of this mount of {@code /dev/shm}), by name}
     * Semaphores, which lie in the same place, are not among them. Blocks as reading a directory
     * does.
     *
     * @throws IOException when reading it fails
     */
    public static List<SharedMemoryEntry> list() throws IOException {
        return named().list();
    }

    /** {@return bytes of a page of memory, such as 4096} */
    public static int pageSize() {
        return Backends.pageSize();
    }

    /** {@return the name it was opened with; of anonymous memory, what reports call it} */
    public String name() {
        return object.name();
    }

    /** {@return what the handle is for} */
    public OpenMode mode() {
        return object.mode();
    }

    /**
     * {@return bytes of the object now} Another process may change it at any time, unless seals
     * forbid it.
     *
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/stat.2.html">fstat(2)</a>
     */
    public long size() throws IpcException {
        return object.size();
    }

    /**
     * Changes the size. What is added is zero, and allocated unless this handle created the object
     * sparse. Mappings that exist keep their size; growing is seen by later ones.
     *
     * <p>What is cut off is gone for all processes at once, and dangerous to those that have it
     * mapped. For mappings of this handle it is refused.
     *
     * @param size bytes
     * @throws IllegalArgumentException when it is not positive
     * @throws IllegalStateException when the handle is not for writing, or a mapping that it made
     *     would lose its end
     * @throws io.chagres.AccessDeniedException when a seal forbids it
     * @throws io.chagres.LimitExceededException when there is not enough memory; the size is as it
     *     was
     * @throws IpcException when it fails for another reason
     * @see <a
     *     href="https://man7.org/linux/man-pages/man3/posix_fallocate.3.html">posix_fallocate(3)</a>
     */
    public void resize(long size) throws IpcException {
        if (size <= 0) {
            throw new IllegalArgumentException("size " + size + " is not positive");
        }
        requireWritable();
        object.resize(size);
    }

    /**
     * Adds seals, for all processes and for ever.
     *
     * @param seals to add
     * @throws IllegalStateException when the handle is not for writing
     * @throws io.chagres.AccessDeniedException when it cannot be sealed: named memory never can,
     *     anonymous only until {@link Seal#SEAL}
     * @throws IpcException when it fails for another reason: {@link Seal#WRITE} while a writable
     *     mapping exists somewhere
     * @see <a href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2), file sealing</a>
     */
    public void seal(Set<Seal> seals) throws IpcException {
        requireWritable();
        object.seal(seals);
    }

    /**
     * {@return what nobody can do to it any more} Named memory has {@link Seal#SEAL}: it cannot be
     * sealed.
     *
     * @throws IpcException when it fails
     */
    public Set<Seal> seals() throws IpcException {
        return object.seals();
    }

    /**
     * Passes memory that has seals. {@link Seal#SHRINK} is what makes it safe to map memory of a
     * peer that is not trusted; with {@link Seal#WRITE}, it cannot change under the reader either.
     *
     * @param required seals that it must have
     * @throws io.chagres.AccessDeniedException naming those that are missing
     * @throws IpcException when it fails for another reason
     */
    public void requireSeals(Set<Seal> required) throws IpcException {
        Set<Seal> missing = EnumSet.noneOf(Seal.class);
        missing.addAll(required);
        missing.removeAll(seals());
        if (!missing.isEmpty()) {
            throw new AccessDeniedException(
                    "seals",
                    name(),
                    0,
                    "",
                    "it is not sealed with "
                            + missing
                            + ", so another process can still do what these forbid");
        }
    }

    /**
     * Maps all of it, for what the handle is open for.
     *
     * @return the mapping
     * @throws IpcException as {@link #map(MapOptions)} does
     */
    public Mapping map() throws IpcException {
        return map(mode().writes() ? MapOptions.readWrite() : MapOptions.readOnly());
    }

    /**
     * Maps it. Closing this handle does not end the mapping.
     *
     * @param options which part of it, and how
     * @return the mapping
     * @throws IllegalArgumentException when the range is not within the object's present size
     * @throws IllegalStateException when it shall be written and the handle is not for writing
     * @throws io.chagres.AccessDeniedException when it shall be written and a seal forbids it
     * @throws io.chagres.LimitExceededException when there is no room in the address space, when
     *     memory is missing to fault it in, or when locking or huge pages are refused; it is not
     *     mapped then
     * @throws IpcException when it fails for another reason, such as that the object is still empty
     * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
     */
    public Mapping map(MapOptions options) throws IpcException {
        Arena arena = Arena.ofShared();
        try {
            return new Mapping(name(), map(options, arena), arena);
        } catch (Throwable t) {
            arena.close();
            throw t;
        }
    }

    /**
     * Maps it for as long as an arena lives, as {@link #map(MapOptions)}. With {@link
     * Arena#ofAuto}, that is as long as the segment or a slice of it is reachable.
     *
     * @param options which part of it, and how
     * @param arena whose end unmaps it
     * @return the memory
     * @throws IllegalStateException also when the arena is closed
     * @throws WrongThreadException when the arena is confined to another thread
     * @throws IpcException as {@link #map(MapOptions)} does
     */
    public MemorySegment map(MapOptions options, Arena arena) throws IpcException {
        Objects.requireNonNull(arena, "arena");
        if (options.mode().writes()) {
            requireWritable();
        }
        return object.map(options, arena);
    }

    /**
     * Borrows the descriptor, to hand it to another process or for calls that Chagres does not
     * have. It stays open until it is given back.
     *
     * @return the borrowed descriptor, to be closed
     * @throws io.chagres.ClosedException when the handle is closed
     * @throws IpcException never else
     */
    @Override
    public BorrowedDescriptor borrow() throws IpcException {
        return object.borrow();
    }

    /**
     * Gives the descriptor to the caller, who must close it. The handle is closed by that. Does not
     * block.
     *
     * @return the descriptor
     * @throws IllegalStateException when other calls are inside
     * @throws io.chagres.ClosedException when the handle is closed
     * @throws IpcException never else
     */
    public int detach() throws IpcException {
        return object.detach();
    }

    /**
     * Closes the handle; the object, its name and its mappings stay. Idempotent.
     *
     * @throws IpcException never, if the descriptor was not closed by somebody else
     */
    @Override
    public void close() throws IpcException {
        object.close();
    }

    /** Name and mode. */
    @Override
    public String toString() {
        return "SharedMemory[" + name() + ", " + mode() + "]";
    }

    private static SharedMemoryBackend named() {
        return Backends.sharedMemory(Mechanism.POSIX_SHM);
    }

    private static SharedMemoryOptions requireNamed(SharedMemoryOptions options) {
        if (options.hugePageSize() != 0) {
            throw new IllegalArgumentException(
                    "named memory is not made of huge pages: make it anonymous, or map it with"
                            + " MapOptions.withHugePages()");
        }
        return options;
    }

    private void requireWritable() {
        if (!mode().writes()) {
            throw new IllegalStateException(name() + " is open for reading only");
        }
    }
}
