package io.stepyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.model.resource.MemorySize;
import io.stepyard.model.resource.Resources;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What planned starts promise, and that reasons are true. */
class ReservationPropertyTest {

    private static final Pattern SMALLER = Pattern.compile("; a job of ([0-9.]+) cores?, ([0-9.]+ [A-Za-z]+) would");
    private static final Pattern SHORTER = Pattern.compile("; with a time limit of at most ([0-9hms]+) it would");

    @ParameterizedTest
    @ValueSource(strings = {"easy", "default", "easy:order=lxf,backfill=sjf"})
    void shouldNotDelayThePlannedStartOfTheHeadByAnythingThatStartsNow(String policy) {
        Seeds.forEach(random -> {
            PassInput input = Scenarios.random(random);
            PassResult result = Policies.named(policy).run(input);
            if (result.plannedStarts().isEmpty()) {
                return;
            }
            PlannedStart head = result.plannedStarts().getFirst();
            WaitingJob job = job(input, head.jobId());
            PassInput after = PassPropertyTest.applied(input, result);

            PassResult alone = Policies.named(policy)
                    .run(new PassInput(List.of(job), after.running(), after.clusters(), after.now()));

            assertThat(alone.plannedStarts()).singleElement().satisfies(planned -> assertThat(planned.at())
                    .isBeforeOrEqualTo(head.at()));
        }, 2000);
    }

    @Test
    void shouldNotDelayAnyPlannedStartOfConservativeBackfillByThoseBehindIt() {
        Seeds.forEach(random -> {
            PassInput input = Scenarios.random(random);
            List<WaitingJob> queue = input.waiting().stream().sorted(JobGroup.BY_PRIORITY).toList();
            Map<String, Instant> full = starts(Policies.named("conservative").run(input));
            List<WaitingJob> first = queue.subList(0, queue.size() / 2);
            Map<String, Instant> prefix = starts(Policies.named("conservative")
                    .run(new PassInput(first, input.running(), input.clusters(), input.now())));

            prefix.forEach((id, start) -> assertThat(full.get(id)).as(id).isEqualTo(start));
        });
    }

    @Test
    void shouldNotPlanTheHeadLaterWhenItsClusterHasMore() {
        Seeds.forEach(random -> {
            PassInput wild = Scenarios.random(random);
            if (wild.clusters().isEmpty()) {
                return;
            }
            ClusterSnapshot only = wild.clusters().getFirst();
            PassInput input = new PassInput(wild.waiting(),
                    wild.running().stream().filter(job -> job.cluster().equals(only.name())).toList(), List.of(only),
                    wild.now());
            PassResult before = Policies.named("easy").run(input);
            Resources more = Resources.ofCores(random.nextLong(9), random.nextLong(9) * 1024);
            ClusterSnapshot larger = new ClusterSnapshot(only.name(), only.capacity().plus(more),
                    only.usable().min(only.capacity()).plus(more), only.labels(), only.availability());
            PassResult after = Policies.named("easy")
                    .run(new PassInput(input.waiting(), input.running(), List.of(larger), input.now()));
            for (PlannedStart head : before.plannedStarts()) {
                boolean starts = after.placements().stream().anyMatch(p -> p.jobId().equals(head.jobId()));
                Optional<PlannedStart> planned = after.plannedStarts().stream()
                        .filter(p -> p.jobId().equals(head.jobId())).findFirst();
                // A job too large for the cluster before may now come first and take the reservation.
                boolean another = after.plannedStarts().stream().anyMatch(p -> !p.jobId().equals(head.jobId()));
                assertThat(starts || another || planned.map(p -> !p.at().isAfter(head.at())).orElse(false))
                        .as("head %s, then %s", head, after).isTrue();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "easy", "default", "best-effort"})
    void shouldStartTheJobOnceWhatTheReasonAsksForIsDone(String policy) {
        AtomicInteger tried = new AtomicInteger();
        Seeds.forEach(random -> {
            PassInput input = Scenarios.random(random);
            PassResult result = Policies.named(policy).run(input);
            result.reasons().forEach((id, reasons) -> reasons.forEach(reason -> {
                Matcher smaller = SMALLER.matcher(reason.sentence());
                Matcher shorter = SHORTER.matcher(reason.sentence());
                WaitingJob job = job(input, id);
                if (smaller.find()) {
                    tried.incrementAndGet();
                    long millicores = new BigDecimal(smaller.group(1)).movePointRight(3).longValueExact();
                    long mib = MemorySize.parseMib(smaller.group(2)).orElseThrow();
                    assertStarts(policy, input, changed(job, new Resources(millicores, mib), job.timeLimit()), reason);
                } else if (shorter.find()) {
                    tried.incrementAndGet();
                    Duration limit = Duration.parse("PT" + shorter.group(1).toUpperCase(Locale.ROOT));
                    assertStarts(policy, input, changed(job, job.resources(), limit), reason);
                }
            }));
        });
        assertThat(tried.get()).as("reasons that promise a start").isGreaterThan(50);
    }

    private static void assertStarts(String policy, PassInput input, WaitingJob changed, Reason reason) {
        List<WaitingJob> waiting = new ArrayList<>(input.waiting());
        waiting.replaceAll(job -> job.jobId().equals(changed.jobId()) ? changed : job);
        PassResult result = Policies.named(policy)
                .run(new PassInput(waiting, input.running(), input.clusters(), input.now()));
        assertThat(result.placements()).as("after: %s", reason).extracting(Placement::jobId).contains(changed.jobId());
    }

    private static WaitingJob changed(WaitingJob job, Resources resources, Duration limit) {
        return new WaitingJob(job.jobId(), job.priority(), job.enqueuedAt(), resources, limit, job.tenant(),
                job.clusters(), job.labels(), job.notOn(), job.attributes());
    }

    private static WaitingJob job(PassInput input, String id) {
        return input.waiting().stream().filter(job -> job.jobId().equals(id)).findFirst().orElseThrow();
    }

    private static Map<String, Instant> starts(PassResult result) {
        Map<String, Instant> starts = new HashMap<>();
        result.placements().forEach(placement -> starts.put(placement.jobId(), Scenarios.NOW));
        result.plannedStarts().forEach(planned -> starts.put(planned.jobId(), planned.at()));
        return starts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "strict", "easy", "default", "best-effort", "conservative"})
    void shouldKeepQuotasWindowsHoldsAndFurtherDimensions(String policy) {
        Seeds.forEach(random -> {
            PassInput input = withTerms(Scenarios.random(random), random);
            PassResult result = Policies.named(policy).run(input);
            Map<String, Resources> held = new HashMap<>();
            Map<String, Integer> count = new HashMap<>();
            input.running().forEach(job -> {
                held.merge(job.tenant(), job.resources(), Resources::plus);
                count.merge(job.tenant(), 1, Integer::sum);
            });
            for (Placement placement : result.placements()) {
                WaitingJob job = job(input, placement.jobId());
                PassTerms.Tenant terms = input.terms().tenant(job.tenant());
                Resources now = held.merge(job.tenant(), job.resources(), Resources::plus);
                assertThat(terms.quota() == null || now.fitsWithin(terms.quota())).as("quota of %s", job).isTrue();
                assertThat(count.merge(job.tenant(), 1, Integer::sum)).isLessThanOrEqualTo(terms.maxRunning());
                assertThat(job.options().held()).isFalse();
                Instant end = input.now().plus(job.timeLimit());
                assertThat(input.terms().windows()).noneMatch(window -> window.cluster().equals(placement.cluster())
                        && input.now().isBefore(window.to()) && end.isAfter(window.from()));
            }
            assertThat(result.reasons().size() + result.placements().size()).isEqualTo(input.waiting().size());
            assertThat(result.reasons().values()).allSatisfy(reasons -> assertThat(reasons).isNotEmpty());
        });
    }

    private static PassInput withTerms(PassInput input, RandomGenerator random) {
        Map<String, PassTerms.Tenant> tenants = new HashMap<>();
        for (int index = 0; index < 2; index++) {
            tenants.put("t" + index, new PassTerms.Tenant(1 + random.nextInt(3),
                    random.nextBoolean() ? Resources.ofCores(random.nextLong(20, 60), 1L << 20) : null,
                    random.nextBoolean() ? random.nextInt(5, 9) : Integer.MAX_VALUE, random.nextInt(10_000)));
        }
        List<PassTerms.Window> windows = new ArrayList<>();
        for (ClusterSnapshot cluster : input.clusters()) {
            if (random.nextBoolean()) {
                Instant from = input.now().plusSeconds(random.nextLong(-3600, 20_000));
                windows.add(new PassTerms.Window(cluster.name(), from, from.plusSeconds(random.nextLong(60, 9000))));
            }
        }
        List<WaitingJob> waiting = input.waiting().stream()
                .map(job -> random.nextInt(5) == 0 ? job.withOptions(job.options().held(true)) : job).toList();
        return new PassInput(waiting, input.running(), input.clusters(), input.now(), new PassTerms(tenants, windows));
    }
}
