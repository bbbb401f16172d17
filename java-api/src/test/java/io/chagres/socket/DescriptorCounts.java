// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.Borrowable;
import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.posix.Fcntl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What is open in this process. Without a library of tests, for second processes. */
final class DescriptorCounts {

    private DescriptorCounts() {}

    /** Descriptors that are open on what a borrowed one is open on. */
    static long openOn(Borrowable handle) throws IOException {
        try (BorrowedDescriptor borrowed = handle.borrow()) {
            return openOn(target(borrowed.fd()));
        }
    }

    /** Descriptors that are open on what a link in {@code /proc/self/fd} says. */
    static long openOn(String target) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(each -> target.equals(targetOrNone(each))).count();
        }
    }

    /** What a descriptor is open on. */
    static String target(int fd) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
    }

    static String target(Borrowable handle) throws IOException {
        try (BorrowedDescriptor borrowed = handle.borrow()) {
            return target(borrowed.fd());
        }
    }

    static boolean isCloseOnExec(Borrowable handle) throws IpcException {
        try (BorrowedDescriptor borrowed = handle.borrow()) {
            return (Fcntl.fcntl(borrowed.fd(), Fcntl.F_GETFD, 0) & Fcntl.FD_CLOEXEC) != 0;
        }
    }

    private static String targetOrNone(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // the one of the listing itself
        }
    }
}
