// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.InvalidNameException;
import io.chagres.IpcException;
import io.chagres.OpenMode;
import io.chagres.internal.PosixName;
import io.chagres.internal.SharedMemoryBackend;
import io.chagres.internal.SharedMemoryObject;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Mman;
import io.chagres.posix.Stat;
import io.chagres.posix.Unistd;
import io.chagres.shm.MapOptions;
import io.chagres.shm.Seal;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryEntry;
import io.chagres.shm.SharedMemoryOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates, finds and unlinks shared memory: named in /dev/shm, where shm_open has it, and memfd.
 */
public final class PosixSharedMemoryBackend implements SharedMemoryBackend {

    /** The only one. */
    public static final PosixSharedMemoryBackend INSTANCE = new PosixSharedMemoryBackend();

    private static final String KIND = "SharedMemory";
    private static final String OPEN = "shm_open";
    private static final String ADOPT = "adopt";
    private static final String UNLINK = "shm_unlink";

    /** A FIFO must not make it wait, nor a terminal become ours. */
    private static final int OPEN_FLAGS =
            Fcntl.O_NOFOLLOW | Fcntl.O_CLOEXEC | Fcntl.O_NONBLOCK | Fcntl.O_NOCTTY;

    private static final UnlinkOnExit.Names NAMES =
            new UnlinkOnExit.Names() {
                @Override
                public FileId find(String name) throws IpcException {
                    try (Arena arena = Arena.ofConfined()) {
                        MemorySegment stat = arena.allocate(Stat.LAYOUT);
                        int result = statOf(name, stat);
                        if (result < 0) {
                            throw PosixErrors.exception("fstatat", name, result);
                        }
                        return FileId.of(stat);
                    }
                }

                @Override
                public void unlink(String name) throws IpcException {
                    INSTANCE.unlink(name);
                }
            };

    private PosixSharedMemoryBackend() {}

    /** Bytes of a page of memory. */
    public static int pageSize() {
        return Math.toIntExact(Pages.ordinary().size());
    }

    @Override
    public SharedMemoryObject create(
            String name,
            SharedMemoryOptions options,
            SharedMemory.@Nullable Initializer initializer)
            throws IpcException {
        require(OPEN, name);
        requireAbsent(name);
        try (NamelessFile file = prepare(name, options, initializer)) {
            Descriptor published = publish(file, name, options);
            if (published == null) {
                throw PosixErrors.exception(OPEN, name, -Errno.EEXIST);
            }
            return object(published, options.mode(), options.sparse());
        }
    }

    @Override
    public SharedMemoryObject open(String name, OpenMode mode) throws IpcException {
        int fd = tryOpen(require(OPEN, name), mode);
        if (fd < 0) {
            throw FileKind.openFailure(OPEN, name, fd);
        }
        return opened(fd, name, mode);
    }

    /** It repeats only while others create and unlink the name in between. */
    @Override
    public SharedMemoryObject openOrCreate(
            String name,
            SharedMemoryOptions options,
            SharedMemory.@Nullable Initializer initializer)
            throws IpcException {
        int fd = tryOpen(require(OPEN, name), options.mode());
        if (fd == -Errno.ENOENT) {
            try (NamelessFile file = prepare(name, options, initializer)) {
                while (fd == -Errno.ENOENT) {
                    Descriptor published = publish(file, name, options);
                    if (published != null) {
                        return object(published, options.mode(), options.sparse());
                    }
                    fd = tryOpen(name, options.mode());
                }
            }
        }
        if (fd < 0) {
            throw FileKind.openFailure(OPEN, name, fd);
        }
        return opened(fd, name, options.mode());
    }

    @Override
    public SharedMemoryObject anonymous(String debugName, SharedMemoryOptions options)
            throws IpcException {
        int fd = Memfd.create(debugName, options.hugePageSize());
        String name = "memfd:" + debugName;
        try {
            Pages pages = Pages.of(fd, name);
            long size = pages.roundUp(options.size());
            if (options.sparse()) {
                Storage.truncate(fd, name, size);
            } else {
                Storage.allocate(fd, name, 0, size);
            }
            PosixSharedMemory made =
                    new PosixSharedMemory(
                            new Descriptor(KIND, name, fd),
                            OpenMode.READ_WRITE,
                            options.sparse(),
                            pages);
            fd = -1; // it is the handle's now
            return sealedUnless(options.sealable(), made);
        } finally {
            if (fd >= 0) {
                Unistd.close(fd);
            }
        }
    }

    private static PosixSharedMemory sealedUnless(boolean sealable, PosixSharedMemory made)
            throws IpcException {
        if (!sealable) {
            try {
                made.seal(EnumSet.of(Seal.SEAL));
            } catch (IpcException e) {
                made.close();
                throw e;
            }
        }
        return made;
    }

    @Override
    public SharedMemoryObject adopt(int fd) throws IpcException {
        String name = Descriptor.requireNumber(fd);
        requireKind(ADOPT, fd, name);
        OpenMode mode = FileFlags.mode(fd, name);
        if (mode == OpenMode.WRITE_ONLY) {
            throw refusal(ADOPT, name, "it is not open for reading, so it cannot be mapped");
        }
        StorageLimits.FileSystem system = StorageLimits.FileSystem.of(fd, name);
        if (!system.shared()) {
            throw refusal(ADOPT, name, "it is a file on a disk, not shared memory");
        }
        Pages pages = Pages.of(fd, name);
        Descriptor.closeOnExec(fd, name);
        return new PosixSharedMemory(new Descriptor(KIND, name, fd), mode, false, pages);
    }

    @Override
    public void unlink(String name) throws IpcException {
        require(UNLINK, name);
        try (Arena arena = Arena.ofConfined()) {
            List<UnlinkOnExit.Entry> removed = UnlinkOnExit.of(NAMES, name);
            int result = Mman.shm_unlink(arena.allocateFrom(name));
            if (result < 0) {
                throw PosixErrors.exception(UNLINK, name, result);
            }
            UnlinkOnExit.forget(removed);
        }
    }

    @Override
    public List<SharedMemoryEntry> list() throws IOException {
        return ShmDirectory.list().stream()
                .filter(file -> !file.name().startsWith(SemaphoreOpener.PREFIX))
                .map(
                        file ->
                                new SharedMemoryEntry(
                                        "/" + file.name(),
                                        file.owner(),
                                        file.access(),
                                        file.size()))
                .toList();
    }

    private static String require(String operation, String name) throws InvalidNameException {
        PosixName.require(operation, name);
        if (name.startsWith(SemaphoreOpener.PREFIX, 1)) {
            throw new InvalidNameException(
                    operation,
                    "\"" + name + "\"",
                    "a name that begins with /sem. is that of a semaphore");
        }
        return name;
    }

    private static String path(String name) {
        return NamelessFile.DIRECTORY + name;
    }

    /** A descriptor, or the negated errno. */
    private static int tryOpen(String name, OpenMode mode) {
        try (Arena arena = Arena.ofConfined()) {
            int flags = FileFlags.of(mode) | OPEN_FLAGS;
            return Fcntl.open(arena.allocateFrom(path(name)), flags, 0);
        }
    }

    /** So that a name that exists is what is refused, and not memory that it would have taken. */
    private static void requireAbsent(String name) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            if (statOf(name, arena.allocate(Stat.LAYOUT)) == 0) {
                throw PosixErrors.exception(OPEN, name, -Errno.EEXIST);
            }
        }
    }

    private static int statOf(String name, MemorySegment stat) {
        try (Arena arena = Arena.ofConfined()) {
            return Stat.fstatat(
                    Fcntl.AT_FDCWD,
                    arena.allocateFrom(path(name)),
                    stat,
                    Fcntl.AT_SYMLINK_NOFOLLOW);
        }
    }

    /** Makes all of an object but its name. */
    private static NamelessFile prepare(
            String name,
            SharedMemoryOptions options,
            SharedMemory.@Nullable Initializer initializer)
            throws IpcException {
        if (options.unlinkOnExit()) {
            UnlinkOnExit.prepare();
        }
        NamelessFile file = NamelessFile.create(name);
        try {
            if (options.sparse()) {
                file.extend(options.size());
            } else {
                file.allocate(options.size());
            }
            if (initializer != null) {
                initialize(file, name, initializer);
            }
            return file;
        } catch (Throwable t) {
            file.close();
            throw t;
        }
    }

    private static void initialize(
            NamelessFile file, String name, SharedMemory.Initializer initializer)
            throws IpcException {
        MapOptions options = MapOptions.readWrite();
        try (Arena arena = Arena.ofConfined()) {
            long size = Storage.size(file.fd(), name);
            MappedRange range = MappedRange.within(name, size, options, Pages.ordinary());
            int result = range.map(file.fd(), options, EnumSet.noneOf(Seal.class));
            if (result < 0) {
                throw range.failure(result);
            }
            initializer.initialize(range.segment(arena, new MappedEnds()));
        }
    }

    /**
     * Gives a prepared object its name.
     *
     * @return its descriptor for what the handle is for; null when the name exists, and the file is
     *     as it was
     */
    private static @Nullable Descriptor publish(
            NamelessFile file, String name, SharedMemoryOptions options) throws IpcException {
        boolean writes = options.mode().writes();
        int reader = writes ? -1 : file.openForReading();
        boolean published = false;
        try {
            FileId id = FileId.of(file.fd(), name);
            int result = file.publish(path(name), options.access().mode());
            if (result == -Errno.EEXIST) {
                return null;
            }
            if (result < 0) {
                throw PosixErrors.exception(OPEN, name, result);
            }
            published = true;
            if (options.unlinkOnExit()) {
                UnlinkOnExit.add(NAMES, name, id);
            }
            return new Descriptor(
                    KIND, name, visible(writes ? file.detach() : reader, id, name, options));
        } finally {
            if (!published && reader >= 0) {
                Unistd.close(reader);
            }
        }
    }

    /**
     * The kernel goes on showing a descriptor that was opened without a name, and its mappings, as
     * those of a deleted file. One that is opened by the name reads better in {@code /proc}; where
     * the permissions refuse that, or another has the name already, it is as it is.
     */
    private static int visible(int fd, FileId id, String name, SharedMemoryOptions options)
            throws IpcException {
        int named = tryOpen(name, options.mode());
        if (named < 0) {
            return fd;
        }
        boolean same = FileId.of(named, name).equals(id);
        Unistd.close(same ? fd : named);
        return same ? named : fd;
    }

    private static SharedMemoryObject opened(int fd, String name, OpenMode mode)
            throws IpcException {
        try {
            requireKind(OPEN, fd, name);
        } catch (IpcException e) {
            Unistd.close(fd);
            throw e;
        }
        return object(new Descriptor(KIND, name, fd), mode, false);
    }

    private static SharedMemoryObject object(Descriptor descriptor, OpenMode mode, boolean sparse) {
        return new PosixSharedMemory(descriptor, mode, sparse, Pages.ordinary());
    }

    private static void requireKind(String operation, int fd, String name) throws IpcException {
        int kind = Descriptor.fileMode(fd, name) & Stat.S_IFMT;
        if (kind != Stat.S_IFREG) {
            throw refusal(
                    operation, name, "it is " + FileKind.describe(kind) + ", not shared memory");
        }
    }

    private static IpcException refusal(String operation, String name, String why) {
        return new IpcException(operation, name, 0, "", why);
    }
}
