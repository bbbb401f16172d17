// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.Mechanism;
import io.chagres.posix.Platform;
import java.util.Optional;

/** What this machine has of the POSIX mechanisms. */
public final class PosixSupport {

    private PosixSupport() {}

    /** Such as {@code linux-x86_64}; works everywhere. */
    public static String platform() {
        return Platform.name();
    }

    /** Empty when the mechanism works, else the reason why not, found by trying it. */
    public static Optional<String> whyUnsupported(Mechanism mechanism) {
        if (!Platform.hasPosixBindings()) {
            return Optional.of(absent(mechanism));
        }
        return switch (mechanism) {
            case POSIX_MQ -> PosixMessageQueue.whyUnsupported();
            case POSIX_SEM -> SemaphoreOpener.whyUnsupported();
            case POSIX_SHM -> NamelessFile.whyUnsupported();
            case MEMFD -> Memfd.whyUnsupported();
            case ANONYMOUS_PIPE -> PosixPipes.whyUnsupported();
            case FIFO -> Fifos.whyUnsupported();
            case UNIX_STREAM -> UnixSockets.STREAM.whyUnsupported();
            case UNIX_DATAGRAM -> UnixSockets.DATAGRAM.whyUnsupported();
            case UNIX_SEQPACKET -> UnixSockets.SEQPACKET.whyUnsupported();
            case VSOCK -> VsockSockets.whyUnsupported();
        };
    }

    /**
     * For the start of an operation that needs the mechanism's system calls.
     *
     * @throws UnsupportedOperationException naming platform and mechanism, on a platform without
     *     them
     */
    public static void require(Mechanism mechanism) {
        if (!Platform.hasPosixBindings()) {
            throw new UnsupportedOperationException(absent(mechanism));
        }
    }

    /** The same for what all mechanisms share. */
    static void requirePlatform(String what) {
        if (!Platform.hasPosixBindings()) {
            throw new UnsupportedOperationException(what + " does not exist on " + Platform.name());
        }
    }

    private static String absent(Mechanism mechanism) {
        return mechanism.id() + " does not exist on " + Platform.name();
    }
}
