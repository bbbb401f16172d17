// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Objects;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.core.io.IOTools;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.StoreFileListener;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.jspecify.annotations.Nullable;

/**
 * A Chronicle Queue each way. It keeps everything, in one file after another, and begins the next
 * when the time has come. Here the writer's clock goes on by what it has written, the reader
 * removes what it has read to the end, and the writer waits for that: so a queue has three files at
 * most.
 */
final class ChronicleEnd extends PollingEnd {

    /** One with a sparse index, which costs least. */
    private static final RollCycle ROLL = RollCycles.FAST_HOURLY;

    private static final long FILE_BYTES = 64L << 20;

    /** Of a message besides itself, with its share of the index. */
    private static final int HEADER_BYTES = 8;

    private final Names names;
    private final BytesStore<?, ?> out;
    private long clockMillis = System.currentTimeMillis();
    private long written;
    private volatile @Nullable File current;
    private @Nullable File previous;

    @SuppressWarnings("NullAway.Init") // by join
    private ExcerptAppender to;

    @SuppressWarnings("NullAway.Init")
    private ExcerptTailer from;

    ChronicleEnd(Role role) {
        super(role);
        names = role.names();
        PointerBytesStore store = new PointerBytesStore();
        store.set(message.address(), size);
        out = store;
    }

    @Override
    void create() {
        // the first to join does
    }

    @Override
    void join() {
        to = queue(names.to(role.driver()), new Written()).createAppender();
        from = queue(names.from(role.driver()), (cycle, file) -> remove(file)).createTailer();
    }

    private ChronicleQueue queue(String path, StoreFileListener files) {
        return SingleChronicleQueueBuilder.binary(path)
                .rollCycle(ROLL)
                .timeProvider(() -> clockMillis)
                .storeFileListener(files)
                .build();
    }

    /** Remembers which file is being written. */
    private final class Written implements StoreFileListener {

        @Override
        public void onAcquired(int cycle, File file) {
            current = file;
        }

        @Override
        public void onReleased(int cycle, File file) {
            // the reader's to remove
        }
    }

    private static void remove(File file) {
        try {
            Files.deleteIfExists(file.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void removeNames() {
        // the next file needs the folder
    }

    @Override
    void removeRest() {
        IOTools.deleteDirWithFiles(names.there(), names.back());
    }

    @Override
    boolean offer() {
        if (written >= FILE_BYTES && !roll()) {
            return false;
        }
        try (DocumentContext context = to.writingDocument()) {
            bytes(context).write(out, 0L, (long) size);
        }
        written += size + HEADER_BYTES;
        return true;
    }

    private static Bytes<?> bytes(DocumentContext context) {
        return Objects.requireNonNull(context.wire()).bytes();
    }

    /** Begins the next file, unless the one before this is still being read. */
    private boolean roll() {
        File before = previous;
        if (before != null && before.exists()) {
            return false;
        }
        previous = current;
        clockMillis += ROLL.lengthInMillis();
        written = 0;
        return true;
    }

    @Override
    int poll(int limit) {
        try (DocumentContext context = from.readingDocument()) {
            if (!context.isPresent()) {
                return 0;
            }
            bytes(context).unsafeRead(answer.address(), size);
            return 1;
        }
    }
}
