// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.LimitExceededException;
import io.chagres.Mechanism;
import io.chagres.internal.PosixName;
import io.chagres.internal.SemaphoreBackend;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Mman;
import io.chagres.posix.Semaphores;
import io.chagres.posix.Stat;
import io.chagres.posix.Unistd;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens, creates and unlinks named semaphores: files of /dev/shm that hold a {@code sem_t}, as
 * sem_open of the C library makes and finds them. That itself is not called. It makes a file under
 * another name first, which a killed process leaves behind, and lets the umask narrow the
 * permissions; and it maps what it has not looked at.
 */
public final class SemaphoreOpener implements SemaphoreBackend {

    /** The one there is. */
    public static final SemaphoreOpener INSTANCE = new SemaphoreOpener();

    /** What the C library puts before the name of each semaphore's file. */
    static final String PREFIX = "sem.";

    /** Where a {@code sem_t} says who shares it, on all machines of 64 bits. */
    private static final long SHARING = 8;

    private static final String OPEN = "sem_open";
    private static final String UNLINK = "sem_unlink";

    private static final UnlinkOnExit.Names NAMES =
            new UnlinkOnExit.Names() {
                @Override
                public FileId find(String name) throws IpcException {
                    return SemaphoreOpener.find(name);
                }

                @Override
                public void unlink(String name) throws IpcException {
                    INSTANCE.unlink(name);
                }
            };

    private SemaphoreOpener() {}

    /** Why semaphores do not work here, found by making one that gets no name. */
    static Optional<String> whyUnsupported() {
        try (NamelessFile file = NamelessFile.create("posix-sem")) {
            Mman.munmap(initialised(file, "posix-sem", 1), Semaphores.SIZE);
            return Optional.empty();
        } catch (LimitExceededException e) {
            return Optional.empty(); // for the moment; that does not make it unsupported
        } catch (IpcException | UnsatisfiedLinkError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public PosixSemaphore create(String name, Creation creation) throws IpcException {
        String path = check(OPEN, name);
        PosixSemaphore created = createOrNull(name, path, creation);
        if (created == null) {
            throw PosixErrors.exception(OPEN, name, -Errno.EEXIST);
        }
        return created;
    }

    @Override
    public PosixSemaphore open(String name) throws IpcException {
        String path = check(OPEN, name);
        PosixSemaphore opened = openOrNull(name, path);
        if (opened == null) {
            throw PosixErrors.exception(OPEN, name, -Errno.ENOENT);
        }
        return opened;
    }

    /** Repeats only while others create and unlink the name in between. */
    @Override
    public PosixSemaphore openOrCreate(String name, Creation creation) throws IpcException {
        String path = check(OPEN, name);
        while (true) {
            PosixSemaphore opened = openOrNull(name, path);
            if (opened != null) {
                return opened;
            }
            PosixSemaphore created = createOrNull(name, path, creation);
            if (created != null) {
                return created;
            }
        }
    }

    @Override
    public void unlink(String name) throws IpcException {
        check(UNLINK, name);
        try (Arena arena = Arena.ofConfined()) {
            List<UnlinkOnExit.Entry> removed = UnlinkOnExit.of(NAMES, name);
            int result = Semaphores.sem_unlink(arena.allocateFrom(name));
            if (result < 0) {
                throw PosixErrors.exception(UNLINK, name, result);
            }
            UnlinkOnExit.forget(removed);
        }
    }

    @Override
    public List<Found> list() throws IOException {
        PosixSupport.require(Mechanism.POSIX_SEM);
        return SemaphoreDirectory.list();
    }

    /** The path of a name that is allowed. */
    private static String check(String operation, String name) throws IpcException {
        PosixSupport.require(Mechanism.POSIX_SEM);
        PosixName.require(operation, name, PREFIX.length() - 1); // it replaces the slash
        return NamelessFile.DIRECTORY + "/" + PREFIX + name.substring(1);
    }

    /** Null when the name exists. */
    private static @Nullable PosixSemaphore createOrNull(
            String name, String path, Creation creation) throws IpcException {
        if (creation.unlinkOnExit()) {
            UnlinkOnExit.prepare();
        }
        try (NamelessFile file = NamelessFile.create(name)) {
            long address = initialised(file, name, creation.permits());
            boolean published = false;
            try {
                int result = file.publish(path, creation.access().mode());
                if (result == -Errno.EEXIST) {
                    return null;
                }
                if (result < 0) {
                    throw PosixErrors.exception(OPEN, name, result);
                }
                published = true;
            } finally {
                if (!published) {
                    Mman.munmap(address, Semaphores.SIZE);
                }
            }
            if (creation.unlinkOnExit()) {
                UnlinkOnExit.add(NAMES, name, FileId.of(file.fd(), name));
            }
            return new PosixSemaphore(MappedSemaphore.owning(name, address));
        }
    }

    /** The address of a mapping of the file, in which there is a semaphore now. */
    private static long initialised(NamelessFile file, String name, int permits)
            throws IpcException {
        file.allocate(Semaphores.SIZE);
        long address = MappedSemaphore.mapping(name, file.fd());
        int result = Semaphores.sem_init(address, 1, permits);
        if (result < 0) {
            Mman.munmap(address, Semaphores.SIZE);
            throw PosixErrors.exception("sem_init", name, result);
        }
        return address;
    }

    /**
     * Null when the name does not exist. What is looked at is what is mapped: it is the same
     * descriptor.
     */
    private static @Nullable PosixSemaphore openOrNull(String name, String path)
            throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            int flags = Fcntl.O_RDWR | Fcntl.O_NOFOLLOW | Fcntl.O_CLOEXEC;
            int harmless = Fcntl.O_NONBLOCK | Fcntl.O_NOCTTY; // whatever it may be
            int fd = Fcntl.open(arena.allocateFrom(path), flags | harmless, 0);
            if (fd == -Errno.ENOENT) {
                return null;
            }
            if (fd < 0) {
                throw FileKind.openFailure(OPEN, name, fd);
            }
            try {
                requireSemaphore(fd, name, arena);
                return new PosixSemaphore(MappedSemaphore.map(name, fd));
            } finally {
                Unistd.close(fd);
            }
        }
    }

    /** A shorter file would be a fault at the first use. */
    private static void requireSemaphore(int fd, String name, Arena arena) throws IpcException {
        MemorySegment stat = arena.allocate(Stat.LAYOUT);
        int result = Stat.fstat(fd, stat);
        if (result < 0) {
            throw PosixErrors.exception("fstat", name, result);
        }
        if ((Stat.st_mode(stat) & Stat.S_IFMT) != Stat.S_IFREG) {
            throw notSemaphore(name, "it is not a file");
        }
        if (Stat.st_size(stat) < Semaphores.SIZE) {
            throw notSemaphore(
                    name,
                    "it has " + Stat.st_size(stat) + " bytes, and one has " + Semaphores.SIZE);
        }
        MemorySegment content = arena.allocate(Semaphores.SIZE, Long.BYTES);
        long length = Unistd.read(fd, content.address(), Semaphores.SIZE);
        if (length < Semaphores.SIZE || !isBetweenProcesses(content, arena)) {
            throw notSemaphore(name, "it holds something else");
        }
    }

    /**
     * Whether a copy looks like a semaphore that processes share. Of what does not, the C library
     * might pass nonsense to the kernel, and ends the process when that refuses it.
     */
    private static boolean isBetweenProcesses(MemorySegment copy, Arena arena) {
        MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
        Semaphores.sem_getvalue(copy.address(), value.address());
        return value.get(ValueLayout.JAVA_INT, 0) >= 0
                && copy.get(ValueLayout.JAVA_INT, SHARING) == Shared.MARK;
    }

    /** What the C library has in every semaphore between processes, where it says who shares it. */
    private static final class Shared {
        static final int MARK = mark();

        private static int mark() {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment sample = arena.allocate(Semaphores.SIZE, Long.BYTES);
                Semaphores.sem_init(sample.address(), 1, 0);
                return sample.get(ValueLayout.JAVA_INT, SHARING);
            }
        }
    }

    private static IpcException notSemaphore(String name, String why) {
        return new IpcException(
                OPEN,
                name,
                Errno.EINVAL,
                Errno.name(Errno.EINVAL),
                "what has this name is no semaphore: " + why);
    }

    /** Which semaphore a name means. */
    private static FileId find(String name) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(check("fstatat", name));
            MemorySegment stat = arena.allocate(Stat.LAYOUT);
            int result = Stat.fstatat(Fcntl.AT_FDCWD, path, stat, Fcntl.AT_SYMLINK_NOFOLLOW);
            if (result < 0) {
                throw PosixErrors.exception("fstatat", name, result);
            }
            return FileId.of(stat);
        }
    }
}
