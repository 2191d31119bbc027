package io.stepyard.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TickLoopTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final Semaphore entered = new Semaphore(0);
    private final Semaphore mayLeave = new Semaphore(0);
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    private void work() {
        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        entered.release();
        mayLeave.acquireUninterruptibly();
        atOnce.decrementAndGet();
        done.incrementAndGet();
    }

    @Test
    void shouldDoTheWorkOnceMoreForAnyNumberOfKicksThatComeDuringIt() throws InterruptedException {
        try (TickLoop loop = new TickLoop("test", this::work, NEVER)) {
            loop.start();
            loop.kick();
            awaitEntered();
            for (int n = 0; n < 50; n++) {
                loop.kick();
            }
            mayLeave.release(100);
            awaitEntered();
        }

        assertThat(done).hasValue(2);
        assertThat(most).hasValue(1);
    }

    @Test
    void shouldDoTheWorkOnTheTickWithoutAnyKick() throws InterruptedException {
        mayLeave.release(1000);
        try (TickLoop loop = new TickLoop("test", this::work, Duration.ofMillis(1))) {
            loop.start();
            awaitEntered();
            awaitEntered();
        }

        assertThat(done.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldGoOnAfterWorkThatFailed() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(2);
        try (TickLoop loop = new TickLoop("test", () -> {
            second.countDown();
            throw new IllegalStateException("made up");
        }, Duration.ofMillis(1))) {
            loop.start();

            assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shouldWaitForWorkThatIsUnderWayWhenItIsClosed() throws InterruptedException {
        TickLoop loop = new TickLoop("test", this::work, NEVER);
        loop.start();
        loop.kick();
        awaitEntered();
        mayLeave.release();
        loop.close();

        assertThat(done).hasValue(1);
        loop.kick();
        assertThat(done).hasValue(1);
    }

    @Test
    void shouldTellHowOftenAndHowLongItHasWorkedAndHowOftenInVain() throws InterruptedException {
        AtomicLong nanos = new AtomicLong();
        CountDownLatch third = new CountDownLatch(3);
        TickLoop loop = new TickLoop("test", () -> {
            nanos.addAndGet(50 * third.getCount());
            third.countDown();
            if (third.getCount() == 0) {
                throw new IllegalStateException("made up");
            }
        }, Duration.ofMillis(1), nanos::get);
        try (loop) {
            loop.start();
            assertThat(third.await(10, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(loop.passes().good()).isEqualTo(new Passes.Total(2, 150 + 100));
        assertThat(loop.passes().failed().nanos()).isEqualTo(50);
        assertThat(loop.passes().failed().count()).isPositive();
        assertThat(loop.passes().longestNanos()).isEqualTo(150);
    }

    private void awaitEntered() throws InterruptedException {
        assertThat(entered.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }
}
