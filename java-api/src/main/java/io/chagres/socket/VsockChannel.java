// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.IpcException;
import io.chagres.PeerGoneException;
import io.chagres.internal.Deadline;
import io.chagres.internal.posix.PosixSocket;
import io.chagres.internal.posix.VsockSockets;
import java.time.Duration;

/**
 * A stream of bytes each way between a virtual machine and its host, or another machine there. It
 * reads and writes as {@link UnixSocketChannel} does, but passes neither descriptors nor
 * credentials: a server knows its peer's machine, and nothing of the process.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/vsock.7.html">vsock(7)</a>
 */
public final class VsockChannel extends StreamSocketChannel {

    VsockChannel(PosixSocket socket) {
        super(socket);
    }

    /**
     * Connects to a server, waiting for its answer, but not longer than the kernel does: 2 seconds.
     *
     * @param remote the server's address
     * @return the connection
     * @throws InterruptedException when the thread is interrupted
     * @throws IpcException as {@link #connect(VsockAddress, Duration)} does
     */
    public static VsockChannel connect(VsockAddress remote)
            throws IpcException, InterruptedException {
        return new VsockChannel(VsockSockets.connect(remote, Deadline.NEVER));
    }

    /**
     * Connects to a server, waiting for its answer, but neither longer than a timeout nor than the
     * kernel does: 2 seconds.
     *
     * @param remote the server's address
     * @param timeout how long to wait; zero or negative does not wait
     * @return the connection
     * @throws PeerGoneException when nobody listens there
     * @throws io.chagres.TimedOutException when nobody answers in time
     * @throws InterruptedException when the thread is interrupted
     * @throws UnsupportedOperationException naming the reason, where there are none
     * @throws IpcException when it fails for another reason, such as {@code ENODEV} when there is
     *     no such machine, or no way to it
     * @see <a href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</a>
     */
    public static VsockChannel connect(VsockAddress remote, Duration timeout)
            throws IpcException, InterruptedException {
        return new VsockChannel(VsockSockets.connect(remote, Deadline.after(timeout)));
    }

    /**
     * Takes over a descriptor of a vsock stream socket that is open already. It is made
     * close-on-exec, and {@link #close} closes it.
     *
     * @param fd the descriptor; from now on this handle owns it
     * @return the channel
     * @throws IllegalArgumentException when the number is negative
     * @throws IpcException when it is no such socket; it is left open
     */
    public static VsockChannel adopt(int fd) throws IpcException {
        return new VsockChannel(VsockSockets.adopt(fd));
    }

    /**
     * {@return the address of this end}
     *
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/getsockname.2.html">getsockname(2)</a>
     */
    public VsockAddress localAddress() throws IpcException {
        return VsockSockets.localAddress(socket);
    }

    /**
     * {@return the address of the other end}
     *
     * @throws IpcException {@code ENOTCONN} when there is no peer
     * @see <a href="https://man7.org/linux/man-pages/man2/getpeername.2.html">getpeername(2)</a>
     */
    public VsockAddress remoteAddress() throws IpcException {
        return VsockSockets.remoteAddress(socket);
    }
}
