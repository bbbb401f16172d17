// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.startup;

import io.chagres.sync.NamedSemaphore;
import java.io.IOException;

/** Creates a semaphore, releases a permit, acquires it and leaves nothing behind. */
final class OnePermit {

    private OnePermit() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String name = args[0];
        try (NamedSemaphore semaphore = NamedSemaphore.create(name, 0)) {
            NamedSemaphore.unlink(name);
            semaphore.release();
            semaphore.acquire();
            System.out.println("acquired");
        }
    }
}
