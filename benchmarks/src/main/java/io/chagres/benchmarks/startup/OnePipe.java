// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.startup;

import io.chagres.pipe.AnonymousPipe;
import java.io.IOException;

/** Opens a pipe, writes a few bytes and reads them. */
final class OnePipe {

    private OnePipe() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (AnonymousPipe pipe = AnonymousPipe.open()) {
            pipe.sink().write(new byte[] {1, 2, 3});
            System.out.println(pipe.source().read(new byte[3]));
        }
    }
}
