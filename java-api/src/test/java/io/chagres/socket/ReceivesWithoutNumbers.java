// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.Borrowable;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.LimitExceededException;
import io.chagres.Mechanism;
import io.chagres.MessageInfo;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import io.chagres.socket.SocketWay.Kind;
import io.chagres.socket.SocketWay.Waiting;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** A second process that receives five descriptors with room for three, and then three. */
final class ReceivesWithoutNumbers {

    private ReceivesWithoutNumbers() {}

    public static void main(String[] args) throws Exception {
        MemorySegment message = MemorySegment.ofArray("hello".getBytes(StandardCharsets.UTF_8));
        MemorySegment target = MemorySegment.ofArray(new byte[10]);
        MessageInfo info = MessageInfo.forDescriptors(5);
        try (SocketWay way = SocketWay.open(Kind.valueOf(args[0]), Waiting.BLOCKING)) {
            Borrowable handle = way.sender();
            preload(way, message, target, info);
            way.send(message, Envelope.of(handle, handle, handle, handle, handle));
            int last = takeAll();
            for (int i = 0; i < 3; i++) {
                Unistd.close(last - i);
            }
            try {
                way.receive(target, info);
            } catch (LimitExceededException e) {
                System.out.println(
                        e.operation() + " " + e.symbol() + " " + e.limit() + " " + e.value());
            }
            System.out.println(text(target) + said(info) + " room=" + (room() >= 3));
            way.send(message, Envelope.of(handle, handle, handle));
            way.receive(target, info);
            System.out.println(text(target) + said(info));
        }
    }

    private static String text(MemorySegment target) {
        byte[] text = new byte[5];
        MemorySegment.copy(target, 0, MemorySegment.ofArray(text), 0, 5);
        target.fill((byte) 0);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static String said(MessageInfo info) {
        return " lost=" + info.areDescriptorsLost() + " count=" + info.descriptorCount();
    }

    /** A class in a folder takes a descriptor to load, of which there will be none. */
    private static void preload(
            SocketWay way, MemorySegment message, MemorySegment target, MessageInfo info)
            throws Exception {
        MessageInfo small = MessageInfo.forDescriptors(1);
        way.send(message, Envelope.of(way.sender(), way.sender()));
        try {
            way.receive(target, small);
        } catch (IpcException e) {
            said(small);
        }
        way.send(message, Envelope.of(way.sender()));
        way.receive(target, info);
        text(target);
        room();
        try (Arena arena = Arena.ofConfined()) {
            Unistd.close(Fcntl.open(arena.allocateFrom("/"), Fcntl.O_PATH, 0));
        }
        new LimitExceededException("", "", 24, "EMFILE", "", "", 0).limit();
        Ipc.supports(Mechanism.FIFO);
    }

    private static int open(Arena arena) {
        return Fcntl.open(arena.allocateFrom("/"), Fcntl.O_PATH, 0);
    }

    /** Opens until nothing more is; the last numbers follow each other. */
    private static int takeAll() {
        try (Arena arena = Arena.ofConfined()) {
            int last = -1;
            int fd = open(arena);
            while (fd >= 0) {
                last = fd;
                fd = open(arena);
            }
            return last;
        }
    }

    /** How many can be opened now. */
    private static int room() {
        try (Arena arena = Arena.ofConfined()) {
            int count = 0;
            int[] all = new int[300];
            int fd = open(arena);
            while (fd >= 0) {
                all[count] = fd;
                count++;
                fd = open(arena);
            }
            for (int i = 0; i < count; i++) {
                Unistd.close(all[i]);
            }
            return count;
        }
    }
}
