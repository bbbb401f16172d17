// SPDX-License-Identifier: Apache-2.0
package io.chagres.sync;

import io.chagres.IpcException;
import io.chagres.NotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the tests of the semaphore share. Without a library of tests, for second processes use it
 * too.
 */
final class Semaphores {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Path DIRECTORY = Path.of("/dev/shm");

    private Semaphores() {}

    /** The file that the C library has for a name. */
    static Path file(String name) {
        return DIRECTORY.resolve("sem." + name.substring(1));
    }

    /** For the leak check. */
    static boolean exists(String name) {
        return Files.exists(file(name), LinkOption.NOFOLLOW_LINKS);
    }

    static void removeIfThere(String name) throws IpcException {
        try {
            NamedSemaphore.unlink(name);
        } catch (NotFoundException e) {
            // the test removed it itself
        }
    }

    static void acquire(NamedSemaphore semaphore) throws Exception {
        if (!semaphore.tryAcquire(PATIENCE)) {
            throw new AssertionError(semaphore + " stayed without a permit");
        }
    }

    /** An exception in one line, for a second process to print. */
    static String said(IpcException e) {
        return String.join(
                " ", e.getClass().getSimpleName(), e.operation(), e.objectName(), e.symbol());
    }
}
