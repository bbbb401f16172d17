// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.Mechanism;
import io.chagres.OpenMode;
import io.chagres.internal.PipeBackend;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.util.Optional;

/** Anonymous pipes of POSIX. */
public final class PosixPipes implements PipeBackend {

    private static final String NAME = "anonymous pipe";
    private static final String SOURCE = "PipeSource";
    private static final String SINK = "PipeSink";
    private static final PosixPipes INSTANCE = new PosixPipes();

    private PosixPipes() {}

    /** The only one. */
    public static PipeBackend backend() {
        PosixSupport.require(Mechanism.ANONYMOUS_PIPE);
        return INSTANCE;
    }

    /** Why pipes do not work here, found by opening one. */
    static Optional<String> whyUnsupported() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fds = arena.allocate(ValueLayout.JAVA_INT, 2);
            int result = Unistd.pipe2(fds, Fcntl.O_CLOEXEC);
            if (result < 0) {
                return result == -Errno.ENOSYS || result == -Errno.EPERM
                        ? Optional.of(PosixErrors.reason("pipe2", result))
                        : Optional.empty();
            }
            Unistd.close(fds.getAtIndex(ValueLayout.JAVA_INT, 0));
            Unistd.close(fds.getAtIndex(ValueLayout.JAVA_INT, 1));
            return Optional.empty();
        } catch (UnsatisfiedLinkError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Ends open(int capacity, boolean packets) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fds = arena.allocate(ValueLayout.JAVA_INT, 2);
            int flags = Fcntl.O_CLOEXEC | (packets ? Fcntl.O_DIRECT : 0);
            int result = Unistd.pipe2(fds, flags);
            if (result < 0) {
                throw PipeLimits.openFailure(NAME, result);
            }
            int source = fds.getAtIndex(ValueLayout.JAVA_INT, 0);
            int sink = fds.getAtIndex(ValueLayout.JAVA_INT, 1);
            if (capacity > 0) {
                setCapacityOrClose(source, sink, capacity);
            }
            return new Ends(source(NAME, source), sink(NAME, sink));
        }
    }

    private static void setCapacityOrClose(int source, int sink, int capacity) throws IpcException {
        try {
            PipeLimits.setCapacity(sink, NAME, capacity);
        } catch (IpcException e) {
            Unistd.close(source);
            Unistd.close(sink);
            throw e;
        }
    }

    @Override
    public PipeBackend.Source adoptSource(int fd) throws IpcException {
        String name = requirePipe(fd);
        if (!FileFlags.mode(fd, name).reads()) {
            throw new IpcException("adopt", name, 0, "", "it is open for writing only");
        }
        Descriptor.closeOnExec(fd, name);
        return source(name, fd);
    }

    @Override
    public PipeBackend.Sink adoptSink(int fd) throws IpcException {
        String name = requirePipe(fd);
        OpenMode mode = FileFlags.mode(fd, name);
        if (!mode.writes()) {
            throw new IpcException("adopt", name, 0, "", "it is open for reading only");
        }
        Descriptor.closeOnExec(fd, name);
        return sink(name, fd);
    }

    /** That of an open end. */
    static PipeBackend.Source source(String name, int fd) {
        return new PosixByteSource(new Descriptor(SOURCE, name, fd));
    }

    /** That of an open end. */
    static PipeBackend.Sink sink(String name, int fd) {
        return new PosixByteSink(new Descriptor(SINK, name, fd));
    }

    /** What is no pipe stays the caller's. */
    private static String requirePipe(int fd) throws IpcException {
        String name = Descriptor.requireNumber(fd);
        FileKind.requireFifo("adopt", name, Descriptor.fileMode(fd, name));
        return name;
    }

    /**
     * To be opened by the JDK, which for a FIFO could wait for the other side and would not be
     * woken by anything.
     */
    @Override
    public File file(int fd) {
        File file = new File("/proc/self/fd/" + fd);
        try {
            String target = Files.readSymbolicLink(file.toPath()).toString();
            if (!target.startsWith("pipe:")) {
                throw new IllegalArgumentException(target + " is not an anonymous pipe");
            }
        } catch (IOException e) {
            // without /proc the JDK will fail with a telling error
        }
        return file;
    }
}
