package io.stepyard.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class SchedulerHealthTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final AtomicLong nanos = new AtomicLong();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch mayLeave = new CountDownLatch(1);

    private TickLoop loop(Runnable work) {
        return new TickLoop("scheduler", work, NEVER, nanos::get);
    }

    private void held() {
        entered.countDown();
        try {
            mayLeave.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Health look(TickLoop loop) {
        return new SchedulerHealth(loop, LONGEST).health();
    }

    @Test
    void shouldBeUpBetweenPassesAndBeforeTheFirst() {
        try (TickLoop loop = loop(() -> {
        })) {
            assertThat(look(loop).getStatus()).isEqualTo(Status.UP);
            loop.start();
            assertThat(look(loop).getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void shouldBeDownWithTheReasonWhileAPassDoesNotComeBackAndUpAgainAfterwards() throws InterruptedException {
        try (TickLoop loop = loop(this::held)) {
            loop.start();
            loop.kick();
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            nanos.set(LONGEST.toNanos());
            assertThat(look(loop).getStatus()).isEqualTo(Status.UP);

            nanos.set(Duration.ofSeconds(75).toNanos());
            Health stuck = look(loop);

            assertThat(stuck.getStatus()).isEqualTo(Status.DOWN);
            assertThat(stuck.getDetails()).containsEntry("reason",
                    "the thread scheduler has been at one pass for 75 s, longer than 60 s");
            mayLeave.countDown();
            Eventually.within(Duration.ofSeconds(10), "the pass to end", () -> look(loop).getStatus(),
                    Status.UP::equals);
        }
    }

    @Test
    void shouldBeDownWithTheReasonWhenTheThreadHasDied() {
        try (TickLoop loop = loop(() -> {
            throw new AssertionError("made up");
        })) {
            loop.start();
            loop.kick();

            Health dead = Eventually.within(Duration.ofSeconds(10), "the end of the thread", () -> look(loop),
                    health -> health.getStatus().equals(Status.DOWN));

            assertThat(dead.getDetails()).containsEntry("reason",
                    "the thread scheduler has ended; its error is in the log");
        }
    }
}
