package io.stepyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** No job waits for ever, whoever submits beside it; and that is aging's doing. */
class WaitingBoundTest {

    private static final Duration LONGEST_LIMIT = Duration.ofHours(1);
    private static final Duration AGE = Duration.ofHours(6);
    private static final int CORES = 10;
    private static final String FAIR = "priority+fair+lxf";

    @Test
    void shouldStartAWideJobOfTheLowestPriorityWithinTheBoundAgainstAnAdversary() {
        Seeds.forEach(random -> {
            Duration waited = waitOfTheVictim(random, "easy:order=aged(6h)+" + FAIR, Duration.ofHours(80));

            // Nobody stands before it in time: at most MOST_AGE ages until it comes first, one limit until it has room.
            assertThat(waited).isLessThanOrEqualTo(AGE.multipliedBy(Orders.MOST_AGE).plus(LONGEST_LIMIT));
        }, 20);
    }

    @Test
    void shouldStarveTheSameJobWhenAgingIsSwitchedOff() {
        Seeds.forEach(random -> assertThat(waitOfTheVictim(random, "easy:order=" + FAIR, Duration.ofHours(80)))
                .isGreaterThan(AGE.multipliedBy(Orders.MOST_AGE).plus(LONGEST_LIMIT)), 20);
    }

    /** More than the cluster can do arrives all the time, all of it more important, narrower and shorter. */
    private static Duration waitOfTheVictim(RandomGenerator random, String policy, Duration horizon) {
        LiveQueue queue = new LiveQueue(Policies.policy(policy), PassTerms.NONE);
        queue.cluster(Scenarios.cluster("zurich", CORES, CORES));
        PriorityQueue<Map.Entry<Instant, String>> ends = new PriorityQueue<>(
                Comparator.comparing((Map.Entry<Instant, String> end) -> end.getKey())
                        .thenComparing(Map.Entry::getValue));
        Instant start = Scenarios.NOW;
        queue.add(job("victim", 0, CORES, LONGEST_LIMIT, start, "poor"));
        int next = 0;
        for (Instant now = start; now.isBefore(start.plus(horizon)); now = now.plusSeconds(300)) {
            while (!ends.isEmpty() && !ends.element().getKey().isAfter(now)) {
                queue.ended(ends.remove().getValue(), now);
            }
            for (int index = 0; index < 2; index++) {
                queue.add(job("a" + next++, 1000, random.nextInt(2, 4),
                        Duration.ofMinutes(random.nextInt(30, 61)), now, "rich" + random.nextInt(3)));
            }
            for (Placement placement : queue.pass(now)) {
                if (placement.jobId().equals("victim")) {
                    return Duration.between(start, now);
                }
                ends.add(Map.entry(now.plusSeconds(random.nextInt(1200, 1801)), placement.jobId()));
            }
        }
        return horizon;
    }

    private static WaitingJob job(String id, int priority, long cores, Duration limit, Instant at, String tenant) {
        return new WaitingJob(id, priority, at, Resources.ofCores(cores, cores), limit, tenant, Set.of(), Map.of(),
                Set.of(), Map.of());
    }
}
