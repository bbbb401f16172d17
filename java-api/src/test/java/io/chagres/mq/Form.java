// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What a message can be in. The buffers have something before their position and after their limit.
 */
enum Form {
    NATIVE_SEGMENT {
        @Override
        Object of(byte[] content) {
            return Arena.ofAuto().allocate(content.length).copyFrom(MemorySegment.ofArray(content));
        }
    },
    UNALIGNED_SLICE {
        @Override
        Object of(byte[] content) {
            MemorySegment all = Arena.ofAuto().allocate(content.length + 7L);
            return all.asSlice(3, content.length).copyFrom(MemorySegment.ofArray(content));
        }
    },
    HEAP_SEGMENT {
        @Override
        Object of(byte[] content) {
            return MemorySegment.ofArray(content.clone());
        }
    },
    SLICE_OF_LONGS {
        @Override
        Object of(byte[] content) {
            MemorySegment all = MemorySegment.ofArray(new long[content.length / Long.BYTES + 2]);
            return all.asSlice(5, content.length).copyFrom(MemorySegment.ofArray(content));
        }
    },
    DIRECT_BUFFER {
        @Override
        Object of(byte[] content) {
            return window(ByteBuffer.allocateDirect(content.length + 9), content);
        }
    },
    HEAP_BUFFER {
        @Override
        Object of(byte[] content) {
            return window(ByteBuffer.allocate(content.length + 9), content);
        }
    },
    SLICED_BUFFER {
        @Override
        Object of(byte[] content) {
            ByteBuffer whole = ByteBuffer.allocate(content.length + 19);
            return window(whole.position(4).slice().order(ByteOrder.LITTLE_ENDIAN), content);
        }
    },
    SLICED_DIRECT_BUFFER {
        @Override
        Object of(byte[] content) {
            ByteBuffer whole = ByteBuffer.allocateDirect(content.length + 19);
            return window(whole.position(4).slice(), content);
        }
    },
    BUFFER_OF_A_SEGMENT {
        @Override
        Object of(byte[] content) {
            return window(Arena.ofAuto().allocate(content.length + 9L).asByteBuffer(), content);
        }
    },
    ARRAY {
        @Override
        Object of(byte[] content) {
            return content.clone();
        }
    };

    private static final int BEFORE = 5;
    private static final byte OUTSIDE = 0x55;

    /** A message with this content. */
    abstract Object of(byte[] content);

    /** The same without the right to write; an array has no such form. */
    static Object readOnly(Object message) {
        if (message instanceof MemorySegment segment) {
            return segment.asReadOnly();
        }
        return message instanceof ByteBuffer buffer ? buffer.asReadOnlyBuffer() : message;
    }

    /** The content of a message of {@link #of}, wherever its position is now. */
    static byte[] content(Object message) {
        if (message instanceof MemorySegment segment) {
            return segment.toArray(ValueLayout.JAVA_BYTE);
        }
        if (message instanceof ByteBuffer buffer) {
            byte[] content = new byte[buffer.limit() - BEFORE];
            buffer.get(BEFORE, content);
            return content;
        }
        return ((byte[]) message).clone();
    }

    /** How far a buffer's position has moved; 0 for what has no position. */
    static int moved(Object message) {
        return message instanceof ByteBuffer buffer ? buffer.position() - BEFORE : 0;
    }

    /** Whether nothing outside of a buffer's window was written. */
    static boolean outsideIsUntouched(Object message) {
        if (!(message instanceof ByteBuffer buffer)) {
            return true;
        }
        byte[] all = new byte[buffer.capacity()];
        buffer.duplicate().clear().get(0, all);
        Arrays.fill(all, BEFORE, buffer.limit(), OUTSIDE);
        byte[] expected = new byte[all.length];
        Arrays.fill(expected, OUTSIDE);
        return Arrays.equals(all, expected);
    }

    private static ByteBuffer window(ByteBuffer buffer, byte[] content) {
        while (buffer.hasRemaining()) {
            buffer.put(OUTSIDE);
        }
        buffer.put(BEFORE, content);
        return buffer.limit(BEFORE + content.length).position(BEFORE);
    }
}
