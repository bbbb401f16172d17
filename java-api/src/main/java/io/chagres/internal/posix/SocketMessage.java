// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.Borrowable;
import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.foreign.Lent;
import io.chagres.internal.MessageDetails;
import io.chagres.posix.Cmsghdr;
import io.chagres.posix.Iovec;
import io.chagres.posix.Msghdr;
import io.chagres.posix.SockaddrUn;
import io.chagres.posix.Sockets;
import io.chagres.posix.Ucred;
import io.chagres.posix.Unistd;
import io.chagres.socket.Envelope;
import io.chagres.socket.PassedDescriptor;
import io.chagres.socket.PeerCredentials;
import io.chagres.socket.UnixAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The structs of a message with all that can go with it, lent to the calling thread: an address,
 * one buffer, control messages for descriptors and credentials.
 */
final class SocketMessage implements AutoCloseable {

    private static final Lent<SocketMessage> LENT = new Lent<>(SocketMessage::new);

    /** Room for credentials and the most descriptors. */
    private static final long CONTROL_SIZE =
            Cmsghdr.CMSG_SPACE(Ucred.LAYOUT.byteSize())
                    + Cmsghdr.CMSG_SPACE((long) Envelope.MAX_DESCRIPTORS * Integer.BYTES);

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment header = arena.allocate(Msghdr.LAYOUT);
    private final MemorySegment iovec = arena.allocate(Iovec.LAYOUT);
    private final MemorySegment address = arena.allocate(SocketAddresses.SIZE, Short.BYTES);
    private final MemorySegment control = arena.allocate(CONTROL_SIZE, Cmsghdr.LAYOUT.byteSize());
    private final MemorySegment credentials = arena.allocate(Ucred.LAYOUT);
    private final MemorySegment destination = arena.allocate(SocketAddresses.SIZE, Short.BYTES);
    private final List<BorrowedDescriptor> borrowed = new ArrayList<>();

    /** What the destination has: most often the next message goes there too. */
    private UnixAddress encoded = UnixAddress.unnamed();

    private int encodedLength;

    private SocketMessage() {}

    static SocketMessage borrow() {
        return LENT.borrow();
    }

    MemorySegment header() {
        return header;
    }

    /** Sets the bytes that are sent, or where those that come are put. */
    void buffer(MemorySegment buffer, long length) {
        Iovec.set(iovec, buffer.address(), length);
        Msghdr.iov(header, iovec.address(), 1);
    }

    /** Sets what goes with a message. Its descriptors stay open until {@link #close}. */
    void send(Envelope envelope) throws IpcException {
        UnixAddress to = envelope.destination().orElse(null);
        if (to == null) {
            Msghdr.name(header, 0, 0);
        } else {
            if (!to.equals(encoded)) {
                encodedLength = SocketAddresses.encode(to, destination);
                encoded = to;
            }
            Msghdr.name(header, destination.address(), encodedLength);
        }
        Msghdr.msg_flags(header, 0);
        long end = putCredentials(envelope, 0);
        end = putDescriptors(envelope.descriptors(), end);
        Msghdr.control(header, end == 0 ? 0 : control.address(), end);
    }

    private long putCredentials(Envelope envelope, long offset) {
        PeerCredentials sender = envelope.credentials().orElse(null);
        if (sender == null) {
            return offset;
        }
        long size = Ucred.LAYOUT.byteSize();
        Cmsghdr.set(control, offset, Sockets.SOL_SOCKET, Sockets.SCM_CREDENTIALS, size);
        Ucred.set(credentials, (int) sender.pid(), (int) sender.uid(), (int) sender.gid());
        MemorySegment.copy(credentials, 0, control, Cmsghdr.CMSG_DATA(offset), size);
        return offset + Cmsghdr.CMSG_SPACE(size);
    }

    private long putDescriptors(List<? extends Borrowable> handles, long offset)
            throws IpcException {
        if (handles.isEmpty()) {
            return offset;
        }
        long size = (long) handles.size() * Integer.BYTES;
        Cmsghdr.set(control, offset, Sockets.SOL_SOCKET, Sockets.SCM_RIGHTS, size);
        long at = Cmsghdr.CMSG_DATA(offset);
        for (Borrowable each : handles) {
            BorrowedDescriptor loan = each.borrow();
            borrowed.add(loan);
            control.set(ValueLayout.JAVA_INT, at, loan.fd());
            at += Integer.BYTES;
        }
        return offset + Cmsghdr.CMSG_SPACE(size);
    }

    /** Makes room for what comes with a message, and for no descriptor more: it would be ours. */
    void receive(int maxDescriptors, boolean withCredentials) {
        Msghdr.name(header, address.address(), (int) SocketAddresses.SIZE);
        Msghdr.msg_flags(header, 0);
        // another holder of the socket may have asked for credentials, which come first
        boolean credentialsToo = withCredentials || maxDescriptors > 0;
        long room = credentialsToo ? Cmsghdr.CMSG_SPACE(Ucred.LAYOUT.byteSize()) : 0;
        if (maxDescriptors > 0) {
            room += Cmsghdr.CMSG_SPACE(0) + (long) maxDescriptors * Integer.BYTES;
        }
        Msghdr.control(header, room == 0 ? 0 : control.address(), room);
    }

    /** Takes what came: each descriptor is owned from here on, or closed. */
    void received(MessageDetails details) throws IpcException {
        details.sender(
                address.asSlice(SockaddrUn.PATH_OFFSET, SockaddrUn.PATH_LENGTH),
                SocketAddresses.pathLength(Msghdr.msg_namelen(header)));
        int flags = Msghdr.msg_flags(header);
        details.truncated = (flags & Sockets.MSG_TRUNC) != 0;
        takeControl(details);
        details.descriptorsLost =
                (flags & Sockets.MSG_CTRUNC) != 0
                        || details.descriptors.size() > details.maxDescriptors();
    }

    private void takeControl(MessageDetails details) throws IpcException {
        long end = Math.min(Msghdr.msg_controllen(header), CONTROL_SIZE);
        long offset = 0;
        long length = Cmsghdr.dataLength(control, offset, end);
        while (length >= 0) {
            if (Cmsghdr.cmsg_level(control, offset) == Sockets.SOL_SOCKET) {
                takeOne(details, offset, length);
            }
            offset += Cmsghdr.CMSG_SPACE(length);
            length = Cmsghdr.dataLength(control, offset, end);
        }
    }

    private void takeOne(MessageDetails details, long offset, long length) throws IpcException {
        int type = Cmsghdr.cmsg_type(control, offset);
        long data = Cmsghdr.CMSG_DATA(offset);
        if (type == Sockets.SCM_RIGHTS) {
            for (long at = data; at + Integer.BYTES <= data + length; at += Integer.BYTES) {
                own(details, control.get(ValueLayout.JAVA_INT, at));
            }
        } else if (type == Sockets.SCM_PIDFD && length >= Integer.BYTES) {
            Unistd.close(control.get(ValueLayout.JAVA_INT, data)); // asked for by somebody else
        } else if (type == Sockets.SCM_CREDENTIALS && length >= Ucred.LAYOUT.byteSize()) {
            MemorySegment.copy(control, data, credentials, 0, Ucred.LAYOUT.byteSize());
            details.hasCredentials = !Nobody.is(credentials); // sent before they were asked for
            details.pid = Ucred.pid(credentials);
            details.uid = Integer.toUnsignedLong(Ucred.uid(credentials));
            details.gid = Integer.toUnsignedLong(Ucred.gid(credentials));
        }
    }

    /** What the kernel fills in where it does not know: who that is may also be a real user. */
    private static final class Nobody {
        static final long UID = Limit.sysctl("kernel.overflowuid").value();
        static final long GID = Limit.sysctl("kernel.overflowgid").value();

        private Nobody() {}

        /** With the id of a process there is one, or it is that of another container. */
        static boolean is(MemorySegment ucred) {
            return Ucred.pid(ucred) == 0
                    && Integer.toUnsignedLong(Ucred.uid(ucred)) == UID
                    && Integer.toUnsignedLong(Ucred.gid(ucred)) == GID;
        }
    }

    /** A handle that cannot be made, for want of memory, must not leave the number open. */
    private static void own(MessageDetails details, int fd) throws IpcException {
        boolean owned = false;
        try {
            details.descriptors.add(PassedDescriptor.adopt(fd));
            owned = true;
        } finally {
            if (!owned) {
                Unistd.close(fd);
            }
        }
    }

    /** Gives the structs and the borrowed descriptors back. */
    @Override
    public void close() {
        borrowed.forEach(BorrowedDescriptor::close);
        borrowed.clear();
        LENT.giveBack(this);
    }
}
