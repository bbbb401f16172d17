// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.Linux;
import io.chagres.posix.gen.sockaddr_vm;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/**
 * {@code struct sockaddr_vm}: the address of a socket between a virtual machine and its host.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/vsock.7.html">vsock(7)</a>
 */
public final class SockaddrVm {

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = sockaddr_vm.layout();

    /** Any machine, to bind to. */
    public static final int VMADDR_CID_ANY = Linux.VMADDR_CID_ANY();

    /** This machine. */
    public static final int VMADDR_CID_LOCAL = Linux.VMADDR_CID_LOCAL();

    /** The host. */
    public static final int VMADDR_CID_HOST = Linux.VMADDR_CID_HOST();

    /** Any free port, to bind to. */
    public static final int VMADDR_PORT_ANY = Linux.VMADDR_PORT_ANY();

    private SockaddrVm() {}

    /**
     * Sets all.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param cid of the machine
     * @param port in it
     */
    public static void set(MemorySegment struct, int cid, int port) {
        struct.fill((byte) 0);
        sockaddr_vm.svm_family(struct, (short) Sockets.AF_VSOCK);
        sockaddr_vm.svm_cid(struct, cid);
        sockaddr_vm.svm_port(struct, port);
    }

    /**
     * {@return the family, {@code AF_VSOCK}}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static int svm_family(MemorySegment struct) {
        return sockaddr_vm.svm_family(struct);
    }

    /**
     * {@return the machine}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static int svm_cid(MemorySegment struct) {
        return sockaddr_vm.svm_cid(struct);
    }

    /**
     * {@return the port in it}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static int svm_port(MemorySegment struct) {
        return sockaddr_vm.svm_port(struct);
    }
}
