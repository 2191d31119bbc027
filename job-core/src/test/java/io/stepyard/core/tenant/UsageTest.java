package io.stepyard.core.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.LeaseStore.Lease;
import io.stepyard.core.tenant.Usage.Slice;
import io.stepyard.core.world.World;
import io.stepyard.scheduler.LiveQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class UsageTest {

    private static final Instant T0 = Instant.parse("2026-11-21T12:00:00Z");

    private static double of(Usage usage, String tenant) {
        return Objects.requireNonNull(usage.coreSeconds().getOrDefault(tenant, 0.0));
    }

    @Test
    void shouldForgetHalfInAHalfLife() {
        Usage used = new Usage(T0, Map.of("a", 1000.0));

        assertThat(of(used.charged(T0.plus(LiveQueue.USAGE_HALF_LIFE), List.of()), "a")).isCloseTo(500, within(1e-6));
    }

    @Test
    void shouldGiveTheSameInOneStepAsInMany() {
        Slice whole = new Slice("a", 4, T0, T0.plusSeconds(86_400));
        Usage once = Usage.nothingSince(T0).charged(T0.plusSeconds(100_000), List.of(whole));
        Usage stepwise = Usage.nothingSince(T0);
        for (int second = 1000; second <= 100_000; second += 1000) {
            stepwise = stepwise.charged(T0.plusSeconds(second), List.of(whole));
        }

        assertThat(of(once, "a")).isBetween(4 * 86_400 * 0.93, 4 * 86_400.0);
        assertThat(of(stepwise, "a")).isCloseTo(of(once, "a"), within(1e-6));
    }

    @Test
    void shouldKeepTheAccountWhenTheClockGoesBack() {
        Usage used = new Usage(T0, Map.of("a", 1000.0));

        assertThat(used.charged(T0.minusSeconds(60), List.of(new Slice("a", 1, T0.minusSeconds(90), T0))))
                .isEqualTo(used);
    }

    private final World world = World.withZurich();

    private static String job(String tenant, int cores) {
        return World.json("\"tenant\":\"%s\",\"cpu\":%d,\"memory\":\"1GiB\"".formatted(tenant, cores));
    }

    private double stored(String tenant) {
        return of(new UsageBook(world.store).upTo(world.now(), world.store.liveRuns()), tenant);
    }

    @Test
    void shouldCountWhatTenantsHoldAndKeepItAcrossSchedulers() {
        world.running("one", job("research", 2));
        world.running("two", job("web", 1));
        for (int second = 0; second < 100; second += 10) {
            world.advance(Duration.ofSeconds(10));
            world.tick();
        }
        assertThat(world.store.document(UsageBook.DOCUMENT)).isPresent();
        assertThat(stored("research")).isCloseTo(200, within(0.5));

        // Another scheduler goes on from the stored account, even when it comes long after the first has gone.
        world.advance(Duration.ofMinutes(15));
        world.scheduler("scheduler-2").tick();
        assertThat(stored("research")).isCloseTo(2000, within(2.0));
        assertThat(stored("web")).isCloseTo(1000, within(1.0));
    }

    @Test
    void shouldCountAJobThatEndedWhileNoSchedulerLooked() {
        world.running("one", job("research", 2));
        world.tick();
        world.advance(Duration.ofSeconds(50));
        world.cancel.cancel("one", "test", "enough");
        world.observe.look(world.run("one"));
        assertThat(world.run("one").state().isFinal()).isTrue();
        world.advance(Duration.ofSeconds(500));

        world.scheduler("scheduler-2").tick();

        assertThat(stored("research")).isCloseTo(100, within(1.0));
    }

    @Test
    void shouldLetTheNewerAccountStandWhenTwoStoreAtOneTime() {
        UsageMeter first = new UsageMeter(world.store, Duration.ZERO);
        UsageMeter second = new UsageMeter(world.store, Duration.ZERO);
        Lease lease = world.store.acquire("another", "test", world.now(), Duration.ofHours(1)).orElseThrow();
        List<JobRun> live = List.of();
        first.upTo(world.now(), live);
        second.upTo(world.now(), live);
        world.running("one", job("research", 4));
        world.advance(Duration.ofSeconds(60));
        live = world.store.liveRuns();

        first.upTo(world.now(), live);
        first.storeWhenDue(lease, world.now());
        second.upTo(world.now(), List.of());
        second.storeWhenDue(lease, world.now());

        assertThat(world.store.document(UsageBook.DOCUMENT).orElseThrow().version())
                .isEqualTo(1);
        assertThat(of(second.upTo(world.now(), live), "research")).isCloseTo(240, within(0.5));
    }
}
