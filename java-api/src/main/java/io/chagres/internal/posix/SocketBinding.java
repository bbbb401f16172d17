// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.AlreadyExistsException;
import io.chagres.IpcException;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Sockets;
import io.chagres.posix.Stat;
import io.chagres.posix.Unistd;
import io.chagres.socket.BindOptions;
import io.chagres.socket.UnixAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives a socket its address. The file has the wanted permissions from its first instant, or, where
 * the umask takes some, fewer until they are added. A file of a socket that nobody has any more is
 * replaced; who does that holds a lock file beside it, and looks while holding it.
 */
final class SocketBinding {

    private static final String BIND = "bind";
    private static final String LOCK_SUFFIX = ".lock";

    /** Others hold the lock for some system calls only. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    private final int fd;
    private final UnixAddress address;
    private final BindOptions options;

    private SocketBinding(int fd, UnixAddress address, BindOptions options) {
        this.fd = fd;
        this.address = address;
        this.options = options;
    }

    /**
     * Binds a socket that is nobody else's yet.
     *
     * @return its path, if it has one
     */
    static @Nullable BoundPath bind(int fd, UnixAddress address, BindOptions options)
            throws IpcException {
        SocketBinding binding = new SocketBinding(fd, address, options);
        if (address.kind() == UnixAddress.Kind.PATH) {
            return binding.bindPath();
        }
        int result = binding.bind();
        if (result < 0) {
            throw binding.failure(result);
        }
        return null;
    }

    private BoundPath bindPath() throws IpcException {
        requireText();
        if (options.unlinkOnExit()) {
            UnlinkOnExit.prepare();
        }
        int result = Stat.fchmod(fd, options.access().mode());
        if (result < 0) {
            throw PosixErrors.exception("fchmod", address.toString(), result);
        }
        result = bind();
        if (result == -Errno.EADDRINUSE && options.replaceStale()) {
            result = replace();
        }
        if (result < 0) {
            throw failure(result);
        }
        boolean complete = false;
        try {
            BoundPath bound = bound();
            complete = true;
            return bound;
        } finally {
            if (!complete) {
                unlink();
            }
        }
    }

    private void unlink() {
        try (Arena arena = Arena.ofConfined()) {
            Unistd.unlink(arena.allocateFrom(address.toString()));
        }
    }

    /** Java cannot look after a file whose path it cannot write. */
    private void requireText() {
        byte[] text = address.toString().getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(text, address.bytes())) {
            throw new IllegalArgumentException("a path to bind to is UTF-8: " + address);
        }
    }

    private int bind() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sockaddr = arena.allocate(SocketAddresses.SIZE, Short.BYTES);
            return Sockets.bind(fd, sockaddr, SocketAddresses.encode(address, sockaddr));
        }
    }

    private int replace() throws IpcException {
        String path = address.toString();
        try (LockFile lock = LockFile.acquire(path + LOCK_SUFFIX, LOCK_TIMEOUT);
                Arena arena = Arena.ofConfined()) {
            MemorySegment stat = arena.allocate(Stat.LAYOUT);
            int result = BoundPath.stat(path, stat, arena);
            if (result == 0) {
                requireSocket(Stat.st_mode(stat));
                requireStale(lock);
                unlinkIfSame(path, FileId.of(stat), arena);
            }
            return bind();
        }
    }

    private void requireSocket(int mode) throws IpcException {
        if ((mode & Stat.S_IFMT) != Stat.S_IFSOCK) {
            throw inUse("it is " + FileKind.describe(mode) + " and not touched");
        }
    }

    /**
     * That a datagram socket cannot be connected to a socket of another type tells that there is
     * one, whether it listens or not; and no server sees a connection.
     */
    private void requireStale(@SuppressWarnings("unused") LockFile held) throws IpcException {
        int probe = Sockets.socket(Sockets.AF_UNIX, Sockets.SOCK_DGRAM | Sockets.SOCK_CLOEXEC, 0);
        if (probe < 0) {
            throw PosixErrors.exception("socket", address.toString(), probe);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sockaddr = arena.allocate(SocketAddresses.SIZE, Short.BYTES);
            int length = SocketAddresses.encode(address, sockaddr);
            int result = Sockets.connect(probe, sockaddr, length);
            if (result == -Errno.EACCES) {
                throw inUse("whether its server lives cannot be found out: permission denied");
            }
            if (result != -Errno.ECONNREFUSED && result != -Errno.ENOENT) {
                throw inUse("its server lives");
            }
        } finally {
            Unistd.close(probe);
        }
    }

    private static void unlinkIfSame(String path, FileId stale, Arena arena) {
        MemorySegment stat = arena.allocate(Stat.LAYOUT);
        if (BoundPath.stat(path, stat, arena) == 0 && FileId.of(stat).equals(stale)) {
            Unistd.unlink(arena.allocateFrom(path));
        }
    }

    private BoundPath bound() throws IpcException {
        String path = address.toString();
        try (Arena arena = Arena.ofConfined()) {
            int flags = Fcntl.O_PATH | Fcntl.O_NOFOLLOW | Fcntl.O_CLOEXEC;
            int pin = Fcntl.open(arena.allocateFrom(path), flags, 0);
            if (pin < 0) {
                throw PosixErrors.exception("open", path, pin);
            }
            boolean kept = false;
            try {
                requireSocket(Descriptor.fileMode(pin, path));
                Permissions.widen(pin, path, options.access().mode());
                boolean onClose = options.unlinkOnClose();
                boolean onExit = options.unlinkOnExit();
                String absolute = Path.of(path).toAbsolutePath().toString();
                FileId id = FileId.of(pin, path);
                BoundPath bound = new BoundPath(absolute, id, pin, onClose, onExit);
                kept = true;
                return bound;
            } finally {
                if (!kept) {
                    Unistd.close(pin);
                }
            }
        }
    }

    private IpcException failure(int result) {
        return result == -Errno.EADDRINUSE
                ? inUse("somebody has it")
                : PosixErrors.exception(BIND, address.toString(), result);
    }

    private AlreadyExistsException inUse(String why) {
        int errno = Errno.EADDRINUSE;
        return new AlreadyExistsException(
                BIND, address.toString(), errno, Errno.name(errno), Errno.text(errno) + "; " + why);
    }
}
