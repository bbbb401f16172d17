// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One word that both ends write in turns, and so one line of the cache that goes from core to core:
 * what no message between two of them can beat. It carries no message, whatever its size.
 */
final class FloorEnd extends End {

    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();
    private static final int BYTES = 4096;

    private final Path path;
    private final Spin spin;

    @SuppressWarnings("NullAway.Init") // by join
    private MemorySegment memory;

    private long turn;

    FloorEnd(Role role) {
        super(role);
        spin = new Spin(role);
        path = Path.of(role.names().there());
    }

    @Override
    void create() throws IOException {
        Files.write(path, new byte[BYTES], StandardOpenOption.CREATE_NEW);
    }

    @Override
    void join() throws IOException {
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            memory = file.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, Arena.global());
        }
    }

    @Override
    void removeNames() throws IOException {
        Files.delete(path);
    }

    @Override
    void send() {
        WORD.setRelease(memory, 0L, ++turn);
    }

    @Override
    void receive() {
        turn++;
        for (int failed = 0; (long) WORD.getAcquire(memory, 0L) != turn; failed++) {
            spin.pause(failed);
        }
    }
}
