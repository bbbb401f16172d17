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
        if (options.receiveCredentials()) {
            int result = SocketOption.set(fd, Sockets.SO_PASSCRED, 1);
            if (result < 0) {
                throw PosixErrors.exception("setsockopt", address.toString(), result);
            }
        }
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
        return bound();
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
        String lockFile = address + LOCK_SUFFIX;
        try (LockFile lock = LockFile.acquire(lockFile, LOCK_TIMEOUT, () -> look(null))) {
            look(lock);
            return bind();
        }
    }

    /**
     * Looks who has the path. The file is held open meanwhile, so that its number is no other's.
     *
     * @param held to remove what nobody has any more; null to look only
     * @throws AlreadyExistsException when it is not a socket, or lives
     */
    private void look(@Nullable LockFile held) throws IpcException {
        String path = address.toString();
        try (Arena arena = Arena.ofConfined()) {
            int pin = pin(path, arena);
            if (pin == -Errno.ENOENT) {
                return;
            }
            if (pin < 0) {
                throw PosixErrors.exception("open", path, pin);
            }
            try {
                requireSocket(Descriptor.fileMode(pin, path));
                requireStale();
                if (held != null) {
                    int result = unlinkIfSame(path, FileId.of(pin, path), arena);
                    if (result < 0) {
                        throw inUse(
                                "its server is dead, but the file cannot be removed: "
                                        + PosixErrors.reason("unlink", result));
                    }
                }
            } finally {
                Unistd.close(pin);
            }
        }
    }

    private static int pin(String path, Arena arena) {
        int flags = Fcntl.O_PATH | Fcntl.O_NOFOLLOW | Fcntl.O_CLOEXEC;
        return Fcntl.open(arena.allocateFrom(path), flags, 0);
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
    private void requireStale() throws IpcException {
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

    private static int unlinkIfSame(String path, FileId stale, Arena arena) {
        MemorySegment stat = arena.allocate(Stat.LAYOUT);
        boolean same = BoundPath.stat(path, stat, arena) == 0 && FileId.of(stat).equals(stale);
        return same ? Unistd.unlink(arena.allocateFrom(path)) : 0;
    }

    private BoundPath bound() throws IpcException {
        String path = address.toString();
        try (Arena arena = Arena.ofConfined()) {
            int pin = pin(path, arena);
            if (pin < 0) {
                if (pin != -Errno.ENOENT) { // else somebody has removed it
                    Unistd.unlink(arena.allocateFrom(path));
                }
                throw PosixErrors.exception("open", path, pin);
            }
            try {
                return bound(path, pin, arena);
            } finally {
                Unistd.close(pin); // the socket keeps the file, and so its number, to itself
            }
        }
    }

    private BoundPath bound(String path, int pin, Arena arena) throws IpcException {
        requireSocket(Descriptor.fileMode(pin, path));
        FileId id = FileId.of(pin, path);
        boolean complete = false;
        try {
            Permissions.widen(pin, path, options.access().mode());
            BoundPath bound =
                    new BoundPath(path, id, options.unlinkOnClose(), options.unlinkOnExit());
            complete = true;
            return bound;
        } finally {
            if (!complete) {
                unlinkIfSame(path, id, arena);
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
