// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An end of a mapped file each way. */
abstract class MappedEnd extends PollingEnd {

    private final Names names;

    MappedEnd(Role role) {
        super(role);
        names = role.names();
    }

    /** Of each file. */
    abstract int fileBytes();

    /** Takes the mapped files. */
    abstract void use(MappedByteBuffer to, MappedByteBuffer from);

    @Override
    final void create() throws IOException {
        map(names.there(), StandardOpenOption.CREATE_NEW);
        map(names.back(), StandardOpenOption.CREATE_NEW);
    }

    @Override
    final void join() throws IOException {
        use(
                map(names.to(role.driver()), StandardOpenOption.WRITE),
                map(names.from(role.driver()), StandardOpenOption.WRITE));
    }

    private MappedByteBuffer map(String path, StandardOpenOption how) throws IOException {
        try (FileChannel file =
                FileChannel.open(
                        Path.of(path), StandardOpenOption.READ, StandardOpenOption.WRITE, how)) {
            return file.map(MapMode.READ_WRITE, 0, fileBytes());
        }
    }

    @Override
    final void removeNames() throws IOException {
        Files.delete(Path.of(names.there()));
        Files.delete(Path.of(names.back()));
    }
}
