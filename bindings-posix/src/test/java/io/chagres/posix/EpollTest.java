// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.LeakCheck;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bare calls on epoll objects and event counters. */
@Tag("native")
class EpollTest {

    private static final long ONE = 0x8000_0001_0000_0002L;
    private static final long TWO = 0x7fff_ffff_ffff_fffeL;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @Test
    void eachReadyDescriptorComesWithItsOwnData() {
        try (Arena arena = Arena.ofConfined()) {
            int epoll = Epoll.epoll_create1(Epoll.EPOLL_CLOEXEC);
            int one = Eventfd.eventfd(0, Eventfd.EFD_CLOEXEC | Eventfd.EFD_NONBLOCK);
            int two = Eventfd.eventfd(0, Eventfd.EFD_CLOEXEC | Eventfd.EFD_NONBLOCK);
            assertThat(control(arena, epoll, Epoll.EPOLL_CTL_ADD, one, Epoll.EPOLLIN, ONE))
                    .isZero();
            assertThat(control(arena, epoll, Epoll.EPOLL_CTL_ADD, two, Epoll.EPOLLIN, TWO))
                    .isZero();
            MemorySegment ready = arena.allocate(EpollEvent.LAYOUT, 4);
            assertThat(Epoll.epoll_wait(epoll, ready, 4, 0)).isZero();
            add(arena, one, 1);
            add(arena, two, 1);
            assertThat(Epoll.epoll_wait(epoll, ready, 4, -1)).isEqualTo(2);
            for (int i = 0; i < 2; i++) {
                assertThat(EpollEvent.eventsAt(ready, i)).isEqualTo(Epoll.EPOLLIN);
                MemorySegment event = EpollEvent.at(ready, i);
                assertThat(EpollEvent.events(event)).isEqualTo(Epoll.EPOLLIN);
                assertThat(EpollEvent.data(event)).isEqualTo(EpollEvent.dataAt(ready, i));
            }
            assertThat(new long[] {EpollEvent.dataAt(ready, 0), EpollEvent.dataAt(ready, 1)})
                    .containsExactlyInAnyOrder(ONE, TWO);
            close(epoll, one, two);
        }
    }

    @Test
    void aOneShotIsReportedOnceAndAgainAfterAChange() {
        try (Arena arena = Arena.ofConfined()) {
            int epoll = Epoll.epoll_create1(Epoll.EPOLL_CLOEXEC);
            int counter = Eventfd.eventfd(1, Eventfd.EFD_CLOEXEC);
            int events = Epoll.EPOLLIN | Epoll.EPOLLONESHOT;
            MemorySegment ready = arena.allocate(EpollEvent.LAYOUT);
            assertThat(control(arena, epoll, Epoll.EPOLL_CTL_ADD, counter, events, ONE)).isZero();
            assertThat(Epoll.epoll_wait(epoll, ready, 1, 0)).isEqualTo(1);
            assertThat(Epoll.epoll_wait(epoll, ready, 1, 0)).isZero();
            assertThat(control(arena, epoll, Epoll.EPOLL_CTL_MOD, counter, events, TWO)).isZero();
            assertThat(Epoll.epoll_wait(epoll, ready, 1, 0)).isEqualTo(1);
            assertThat(EpollEvent.data(ready)).isEqualTo(TWO);
            close(epoll, counter);
        }
    }

    @Test
    void whatIsWatchedTwiceOrNoLongerIsAnError() {
        try (Arena arena = Arena.ofConfined()) {
            int epoll = Epoll.epoll_create1(Epoll.EPOLL_CLOEXEC);
            int counter = Eventfd.eventfd(1, Eventfd.EFD_CLOEXEC);
            int add = Epoll.EPOLL_CTL_ADD;
            assertThat(control(arena, epoll, add, counter, Epoll.EPOLLIN, ONE)).isZero();
            assertThat(control(arena, epoll, add, counter, Epoll.EPOLLIN, ONE))
                    .isEqualTo(-Errno.EEXIST);
            int remove = Epoll.EPOLL_CTL_DEL;
            assertThat(Epoll.epoll_ctl(epoll, remove, counter, MemorySegment.NULL)).isZero();
            assertThat(Epoll.epoll_ctl(epoll, remove, counter, MemorySegment.NULL))
                    .isEqualTo(-Errno.ENOENT);
            assertThat(Epoll.epoll_create1(-1)).isEqualTo(-Errno.EINVAL);
            close(epoll, counter);
        }
    }

    @Test
    void theOtherEndThatIsClosedHangsUp() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fds = arena.allocate(ValueLayout.JAVA_INT, 2);
            assertThat(Unistd.pipe2(fds, Fcntl.O_CLOEXEC)).isZero();
            int reader = fds.getAtIndex(ValueLayout.JAVA_INT, 0);
            int epoll = Epoll.epoll_create1(Epoll.EPOLL_CLOEXEC);
            assertThat(control(arena, epoll, Epoll.EPOLL_CTL_ADD, reader, Epoll.EPOLLIN, ONE))
                    .isZero();
            close(fds.getAtIndex(ValueLayout.JAVA_INT, 1));
            MemorySegment ready = arena.allocate(EpollEvent.LAYOUT);
            assertThat(Epoll.epoll_wait(epoll, ready, 1, -1)).isEqualTo(1);
            assertThat(EpollEvent.events(ready) & Epoll.EPOLLHUP).isEqualTo(Epoll.EPOLLHUP);
            close(epoll, reader);
        }
    }

    @Test
    void aCounterIsReadWholeAndASemaphoreByOne() {
        try (Arena arena = Arena.ofConfined()) {
            int whole = Eventfd.eventfd(3, Eventfd.EFD_CLOEXEC | Eventfd.EFD_NONBLOCK);
            assertThat(take(arena, whole)).isEqualTo(3);
            assertThat(take(arena, whole)).isEqualTo(-Errno.EAGAIN);
            add(arena, whole, 2);
            add(arena, whole, 5);
            assertThat(take(arena, whole)).isEqualTo(7);
            int flags = Eventfd.EFD_CLOEXEC | Eventfd.EFD_NONBLOCK | Eventfd.EFD_SEMAPHORE;
            int single = Eventfd.eventfd(2, flags);
            assertThat(take(arena, single)).isEqualTo(1);
            assertThat(take(arena, single)).isEqualTo(1);
            assertThat(take(arena, single)).isEqualTo(-Errno.EAGAIN);
            close(whole, single);
        }
    }

    private static int control(Arena arena, int epoll, int op, int fd, int events, long data) {
        MemorySegment event = arena.allocate(EpollEvent.LAYOUT);
        EpollEvent.events(event, events);
        EpollEvent.data(event, data);
        assertThat(EpollEvent.events(event)).isEqualTo(events);
        assertThat(EpollEvent.data(event)).isEqualTo(data);
        return Epoll.epoll_ctl(epoll, op, fd, event);
    }

    private static void add(Arena arena, int fd, long value) {
        MemorySegment number = arena.allocateFrom(ValueLayout.JAVA_LONG, value);
        assertThat(Unistd.write(fd, number.address(), Long.BYTES)).isEqualTo(Long.BYTES);
    }

    /** What was read, or the negated errno. */
    private static long take(Arena arena, int fd) {
        MemorySegment number = arena.allocate(ValueLayout.JAVA_LONG);
        long result = Unistd.read(fd, number.address(), Long.BYTES);
        return result == Long.BYTES ? number.get(ValueLayout.JAVA_LONG, 0) : result;
    }

    private static void close(int... fds) {
        for (int fd : fds) {
            assertThat(Unistd.close(fd)).isZero();
        }
    }
}
