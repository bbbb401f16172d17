// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.Mechanism;
import io.chagres.internal.Deadline;
import io.chagres.posix.Errno;
import io.chagres.posix.Poll;
import io.chagres.posix.PollFd;
import io.chagres.posix.Sockets;
import io.chagres.posix.Ucred;
import io.chagres.posix.Unistd;
import io.chagres.socket.PeerCredentials;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Who is at the other end of a socket. */
public final class SocketCredentials {

    private static final String GETSOCKOPT = "getsockopt";

    private SocketCredentials() {}

    /** Those of this process. */
    public static PeerCredentials own() {
        PosixSupport.require(Mechanism.UNIX_STREAM);
        return new PeerCredentials(
                Unistd.getpid(),
                Integer.toUnsignedLong(Unistd.geteuid()),
                Integer.toUnsignedLong(Unistd.getegid()));
    }

    /** Those that the peer had when it connected, or began to listen. */
    static PeerCredentials peer(Descriptor descriptor) throws IpcException {
        descriptor.enter(GETSOCKOPT);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ucred = arena.allocate(Ucred.LAYOUT);
            MemorySegment length =
                    arena.allocateFrom(ValueLayout.JAVA_INT, (int) Ucred.LAYOUT.byteSize());
            int result =
                    Sockets.getsockopt(
                            descriptor.fd(),
                            Sockets.SOL_SOCKET,
                            Sockets.SO_PEERCRED,
                            ucred,
                            length);
            if (result < 0) {
                throw descriptor.failure(GETSOCKOPT, result);
            }
            return checked(descriptor, ucred);
        } finally {
            descriptor.leave();
        }
    }

    /** Without a peer the kernel has no error, but ids that nobody has. */
    private static PeerCredentials checked(Descriptor descriptor, MemorySegment ucred)
            throws IpcException {
        long uid = Integer.toUnsignedLong(Ucred.uid(ucred));
        long gid = Integer.toUnsignedLong(Ucred.gid(ucred));
        boolean nobody = Ucred.pid(ucred) == 0 && Ucred.uid(ucred) == -1;
        if (nobody) {
            throw new IpcException(
                    GETSOCKOPT,
                    descriptor.name(),
                    Errno.ENOTCONN,
                    Errno.name(Errno.ENOTCONN),
                    "it has no peer whose credentials the kernel could tell");
        }
        return new PeerCredentials(Math.max(0, Ucred.pid(ucred)), uid, gid);
    }

    /**
     * The peer's process, if it lives: with a descriptor of it the kernel proves, after its number
     * was looked up, that the number was still its own.
     */
    static Optional<ProcessHandle> peerProcess(Descriptor descriptor) throws IpcException {
        long pid = peer(descriptor).pid();
        descriptor.enter(GETSOCKOPT);
        try {
            int pidfd = SocketOption.get(descriptor.fd(), Sockets.SO_PEERPIDFD);
            if (pidfd == -Errno.ENOPROTOOPT) {
                throw new UnsupportedOperationException(
                        "peerProcess: SO_PEERPIDFD needs Linux 6.5 or newer");
            }
            if (pidfd == -Errno.ESRCH || pidfd == -Errno.EINVAL) {
                return Optional.empty(); // reaped already
            }
            if (pidfd < 0) {
                throw descriptor.failure(GETSOCKOPT, pidfd);
            }
            try {
                Optional<ProcessHandle> process = ProcessHandle.of(pid);
                return isAlive(pidfd) ? process : Optional.empty();
            } finally {
                Unistd.close(pidfd);
            }
        } finally {
            descriptor.leave();
        }
    }

    /** A descriptor of a process becomes readable when that has ended. */
    private static boolean isAlive(int pidfd) {
        CallArguments arguments = CallArguments.borrow();
        try {
            MemorySegment poll = arguments.pollFd();
            PollFd.set(poll, pidfd, Poll.POLLIN);
            return Poll.ppoll(poll, 1, arguments.interval(Deadline.NOW), MemorySegment.NULL) == 0;
        } finally {
            arguments.giveBack();
        }
    }
}
