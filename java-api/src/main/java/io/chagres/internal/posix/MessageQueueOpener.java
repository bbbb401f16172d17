// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.AccessDeniedException;
import io.chagres.IpcException;
import io.chagres.Mechanism;
import io.chagres.OpenMode;
import io.chagres.internal.PosixName;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.MqAttr;
import io.chagres.posix.Mqueue;
import io.chagres.posix.Stat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Opens, creates and unlinks message queues. */
public final class MessageQueueOpener {

    private static final String OPEN = "mq_open";

    /** The kernel's own defaults, for where /proc/sys cannot be read. */
    private static final int USUAL_DEPTH = 10;

    private static final int USUAL_MESSAGE_SIZE = 8192;

    /**
     * What to create.
     *
     * @param depth 0 for the system's default
     * @param messageSize 0 for the system's default
     * @param permissions exact, whatever the umask
     * @param unlinkOnExit removes the name when the JVM ends
     */
    public record Creation(int depth, int messageSize, int permissions, boolean unlinkOnExit) {}

    private static final UnlinkOnExit.Names NAMES =
            new UnlinkOnExit.Names() {
                @Override
                public FileId find(String name) throws IpcException {
                    PosixMessageQueue present = openAnyhow(name);
                    try {
                        return present.id();
                    } finally {
                        present.close();
                    }
                }

                @Override
                public void unlink(String name) throws IpcException {
                    MessageQueueOpener.unlink(name);
                }
            };

    private MessageQueueOpener() {}

    /** Opens a queue that exists. */
    public static PosixMessageQueue open(String name, OpenMode mode) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cName = check(name, arena);
            int result = Mqueue.mq_open(cName, flags(mode), 0, MemorySegment.NULL);
            if (result < 0) {
                throw MessageQueueLimits.failure(OPEN, name, result, 0, 0);
            }
            return opened(name, result, mode, arena);
        }
    }

    /** Creates a queue that must not exist. */
    public static PosixMessageQueue create(String name, OpenMode mode, Creation creation)
            throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cName = check(name, arena);
            int result = create(cName, mode, creation, arena);
            if (result < 0) {
                throw MessageQueueLimits.failure(
                        OPEN, name, result, creation.depth, creation.messageSize);
            }
            return created(name, cName, result, mode, creation, arena);
        }
    }

    /**
     * Opens the queue or creates it. Both attempts are exclusive, so that it is known which of the
     * two happened; they repeat only while others create and unlink the name in between.
     */
    public static PosixMessageQueue openOrCreate(String name, OpenMode mode, Creation creation)
            throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cName = check(name, arena);
            while (true) {
                int result = Mqueue.mq_open(cName, flags(mode), 0, MemorySegment.NULL);
                if (result >= 0) {
                    return opened(name, result, mode, arena);
                }
                if (result != -Errno.ENOENT) {
                    throw MessageQueueLimits.failure(OPEN, name, result, 0, 0);
                }
                result = create(cName, mode, creation, arena);
                if (result >= 0) {
                    return created(name, cName, result, mode, creation, arena);
                }
                if (result != -Errno.EEXIST) {
                    throw MessageQueueLimits.failure(
                            OPEN, name, result, creation.depth, creation.messageSize);
                }
            }
        }
    }

    /** Its owner may have left himself one of the two rights only. */
    private static PosixMessageQueue openAnyhow(String name) throws IpcException {
        try {
            return open(name, OpenMode.READ_ONLY);
        } catch (AccessDeniedException e) {
            return open(name, OpenMode.WRITE_ONLY);
        }
    }

    /** Takes over an open queue; what it is open for tells its own flags. */
    public static PosixMessageQueue adopt(int fd) throws IpcException {
        PosixSupport.require(Mechanism.POSIX_MQ);
        String name = Descriptor.requireNumber(fd);
        try (Arena arena = Arena.ofConfined()) {
            int result = Mqueue.mq_getattr(fd, arena.allocate(MqAttr.LAYOUT));
            if (result < 0) { // not a queue: it stays the caller's
                String what = FileKind.describe(Descriptor.fileMode(fd, name));
                throw new IpcException(
                        "mq_getattr",
                        name,
                        -result,
                        Errno.name(-result),
                        Errno.text(-result) + "; it is " + what + " and not a message queue");
            }
            OpenMode mode = FileFlags.mode(fd, name);
            Descriptor.closeOnExec(fd, name);
            return opened(name, fd, mode, arena);
        }
    }

    /** Removes a name. */
    public static void unlink(String name) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            PosixSupport.require(Mechanism.POSIX_MQ);
            MemorySegment cName = arena.allocateFrom(PosixName.require("mq_unlink", name));
            List<UnlinkOnExit.Entry> removed = UnlinkOnExit.of(NAMES, name);
            int result = Mqueue.mq_unlink(cName);
            if (result < 0) {
                throw PosixErrors.exception("mq_unlink", name, result);
            }
            UnlinkOnExit.forget(removed);
        }
    }

    private static MemorySegment check(String name, Arena arena) throws IpcException {
        PosixSupport.require(Mechanism.POSIX_MQ);
        return arena.allocateFrom(PosixName.require(OPEN, name));
    }

    private static int flags(OpenMode mode) {
        return FileFlags.of(mode) | Fcntl.O_CLOEXEC;
    }

    private static int create(MemorySegment name, OpenMode mode, Creation creation, Arena arena)
            throws IpcException {
        if (creation.unlinkOnExit) {
            UnlinkOnExit.prepare();
        }
        int flags = flags(mode) | Fcntl.O_CREAT | Fcntl.O_EXCL;
        return Mqueue.mq_open(name, flags, creation.permissions, attributes(creation, arena));
    }

    /**
     * NULL for the system's defaults; when only one is asked for, the other is read from the
     * system.
     */
    private static MemorySegment attributes(Creation creation, Arena arena) {
        if (creation.depth == 0 && creation.messageSize == 0) {
            return MemorySegment.NULL;
        }
        MemorySegment attributes = arena.allocate(MqAttr.LAYOUT);
        MqAttr.mq_maxmsg(attributes, orDefault(creation.depth, "fs.mqueue.msg", USUAL_DEPTH));
        MqAttr.mq_msgsize(
                attributes,
                orDefault(creation.messageSize, "fs.mqueue.msgsize", USUAL_MESSAGE_SIZE));
        return attributes;
    }

    /**
     * As the kernel has it for no attributes at all: a default above its maximum is the maximum.
     */
    private static long orDefault(int asked, String sysctl, int usual) {
        if (asked != 0) {
            return asked;
        }
        long value = Limit.sysctl(sysctl + "_default").value();
        long max = Limit.sysctl(sysctl + "_max").value();
        if (value <= 0) {
            return usual;
        }
        return max > 0 ? Math.min(value, max) : value;
    }

    /**
     * The umask has narrowed the permissions; what it took is given back through the descriptor.
     */
    private static PosixMessageQueue created(
            String name,
            MemorySegment cName,
            int descriptor,
            OpenMode mode,
            Creation creation,
            Arena arena)
            throws IpcException {
        boolean complete = false;
        try {
            int result = Stat.fchmod(descriptor, creation.permissions);
            if (result < 0) {
                throw PosixErrors.exception("fchmod", name, result);
            }
            if (creation.unlinkOnExit) {
                UnlinkOnExit.add(NAMES, name, FileId.of(descriptor, name));
            }
            complete = true;
        } finally {
            if (!complete) {
                Mqueue.mq_close(descriptor);
                Mqueue.mq_unlink(cName);
            }
        }
        return opened(name, descriptor, mode, arena);
    }

    private static PosixMessageQueue opened(String name, int descriptor, OpenMode mode, Arena arena)
            throws IpcException {
        MemorySegment attributes = arena.allocate(MqAttr.LAYOUT);
        int result = Mqueue.mq_getattr(descriptor, attributes);
        if (result < 0) {
            Mqueue.mq_close(descriptor);
            throw PosixErrors.exception("mq_getattr", name, result);
        }
        int depth = (int) MqAttr.mq_maxmsg(attributes);
        int messageSize = (int) MqAttr.mq_msgsize(attributes);
        return new PosixMessageQueue(
                new Descriptor("MessageQueue", name, descriptor), mode, depth, messageSize);
    }
}
