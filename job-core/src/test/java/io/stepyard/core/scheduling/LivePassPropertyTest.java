package io.stepyard.core.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.job.JobReader;
import io.stepyard.core.job.JobReading;
import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.Maintenance;
import io.stepyard.core.tenant.TenantLimits;
import io.stepyard.core.world.World;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.MemorySize;
import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.Reason;
import io.stepyard.scheduler.ReasonCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds of every tick over the live system, whatever its jobs, clusters, tenants and operators do. */
class LivePassPropertyTest {

    private static final int SEEDS = Integer.getInteger("seeds", 12);
    private static final int STEPS = 40;
    private static final List<String> TENANTS = List.of("research", "web", "finance");
    private static final List<String> CLUSTERS = List.of("zurich", "geneva");
    private static final Pattern SMALLER = Pattern.compile("a job of ([0-9.]+) cores?, ([0-9.]+ [MGT]iB) would start");
    private static final Pattern SHORTER = Pattern.compile("with a time limit of at most ([0-9hms]+) it would start");
    private static final Pattern ENDS_BEFORE = Pattern.compile("a time limit of at most ([0-9hms]+) ends before");

    /** How often each promise was put to the test: one that never was holds nothing. */
    private final Map<String, Integer> kept = new HashMap<>();

    @Test
    void shouldKeepItsPromisesOnEverySeed() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Live live = new Live(seed);
            for (int step = 0; step < STEPS; step++) {
                try {
                    live.step();
                } catch (AssertionError | RuntimeException broken) {
                    throw new AssertionError("seed " + seed + ", step " + step + ": " + broken.getMessage(), broken);
                }
            }
        }
        assertThat(kept.keySet()).contains("smaller", "shorter", "before maintenance", "resumed", "released",
                "more quota", "held", "quota");
    }

    private void count(String promise) {
        kept.merge(promise, 1, Integer::sum);
    }

    private final class Live {
        private final Random random;
        private final World world = new World();
        private TenantLimits.Table table = TenantLimits.Table.EMPTY;
        private int jobs;

        Live(long seed) {
            random = new Random(seed);
            CLUSTERS.forEach(name -> world.add(name, Resources.ofCores(4L + random.nextInt(5), 16_384)));
            world.tick();
        }

        void step() {
            world.advance(Duration.ofSeconds(random.nextInt(120)));
            switch (random.nextInt(10)) {
                case 0 -> world.drain(cluster(), true);
                case 1 -> CLUSTERS.forEach(world.tend::resume);
                case 2 -> world.tend.plan(cluster(), window());
                case 3, 4 -> waiting().forEach(job -> hold(job, random.nextInt(4)));
                case 5 -> limit();
                case 6, 7 -> end();
                default -> IntStream.rangeClosed(0, random.nextInt(4)).forEach(_ -> submit());
            }
            tick();
            explain();
            promises();
        }

        private String cluster() {
            return CLUSTERS.get(random.nextInt(CLUSTERS.size()));
        }

        private Maintenance window() {
            Instant from = world.now().plusSeconds(60 + random.nextInt(7200));
            return new Maintenance(from, from.plusSeconds(60 + random.nextInt(3600)), "disks");
        }

        private List<String> waiting() {
            return world.store.waiting(1000).stream().map(row -> row.jobId()).toList();
        }

        private void hold(String job, int dice) {
            if (dice == 0) {
                world.steer.hold(job, "user:ann", "late");
            } else if (dice == 1) {
                world.steer.release(job, "user:ann");
            } else if (dice == 2) {
                world.steer.prioritise(job, random.nextInt(3) * 1000, "user:ann", "");
            }
        }

        private void limit() {
            Map<String, TenantLimits> named = new HashMap<>();
            TENANTS.stream().filter(_ -> random.nextBoolean()).forEach(tenant -> named.put(tenant,
                    new TenantLimits(1 + random.nextInt(3), random.nextBoolean() ? 1000L * random.nextInt(8) : null,
                            null, random.nextBoolean() ? random.nextInt(4) : null)));
            table = new TenantLimits.Table(named);
            world.tenants.replace(table);
        }

        private void end() {
            world.store.liveRuns().stream().filter(_ -> random.nextInt(3) == 0).map(JobRun::jobId).toList()
                    .forEach(job -> {
                        if (world.state(job) == JobState.GRANTED) {
                            world.start.start(world.grant(job));
                        }
                        world.observe.look(world.run(job));
                        world.cancel.cancel(job, "user:ann", "over");
                        world.observe.look(world.run(job));
                    });
        }

        private String form() {
            return "\"tenant\":\"%s\",\"priority\":%d,\"cpu\":%d,\"memory\":\"%dMiB\",\"timeLimit\":\"%dm\"%s"
                    .formatted(
                            TENANTS.get(random.nextInt(TENANTS.size())), random.nextInt(3) * 1000,
                            1 + random.nextInt(6),
                            512 * (1 + random.nextInt(8)), 5 + random.nextInt(120),
                            random.nextInt(4) == 0 ? ",\"clusters\":[\"" + cluster() + "\"]" : "");
        }

        private void submit() {
            world.submit("job-" + jobs++, World.json(form()));
        }

        private void tick() {
            Set<String> held = world.store.waiting(1000).stream().filter(row -> row.held()).map(row -> row.jobId())
                    .collect(Collectors.toSet());
            Set<String> before = world.store.liveRuns().stream().map(JobRun::jobId).collect(Collectors.toSet());
            Map<String, Resources> used = used();
            world.tick();
            held.forEach(job -> {
                count("held");
                assertThat(world.state(job)).as("held %s", job).isEqualTo(JobState.QUEUED);
            });
            List<JobRun> granted = world.store.liveRuns().stream().filter(run -> !before.contains(run.jobId()))
                    .toList();
            granted.forEach(this::assertAllowed);
            granted.stream().map(run -> run.spec().tenant()).distinct().forEach(tenant -> assertQuota(tenant, used));
        }

        private void assertAllowed(JobRun run) {
            Attempt attempt = run.attempts().getLast();
            ClusterRecord cluster = world.cluster(attempt.cluster());
            assertThat(cluster.drained()).as("%s on drained %s", run.jobId(), cluster.name()).isFalse();
            Instant end = attempt.grantedAt().plus(run.spec().timeLimit());
            assertThat(cluster.windows()).as("%s until %s", run.jobId(), end).allMatch(
                    window -> !end.isAfter(window.from()) || !attempt.grantedAt().isBefore(window.to()));
        }

        private Map<String, Resources> used() {
            Map<String, Resources> used = new HashMap<>();
            world.store.liveRuns().forEach(run -> used.merge(run.spec().tenant(), run.spec().resources(),
                    Resources::plus));
            return used;
        }

        /** A quota that was lowered below what runs already lets nothing start; one that was kept to is never passed. */
        private void assertQuota(String tenant, Map<String, Resources> before) {
            TenantLimits limits = table.of(tenant);
            long running = world.store.liveRuns().stream().filter(run -> run.spec().tenant().equals(tenant)).count();
            Resources now = used().getOrDefault(tenant, Resources.NONE);
            if (limits.runningJobs() != null || limits.cpuMillicores() != null) {
                count("quota");
            }
            assertThat(running).as("jobs of %s", tenant)
                    .isLessThanOrEqualTo(Objects.requireNonNullElse(limits.runningJobs(), Integer.MAX_VALUE));
            assertThat(now.cpuMillicores()).as("cpu of %s, before %s", tenant, before.get(tenant))
                    .isLessThanOrEqualTo(Objects.requireNonNullElse(limits.cpuMillicores(), Long.MAX_VALUE));
        }

        private void explain() {
            ExplainQueue.Explanation explained = world.explain.explain();
            if (!table.hasQuotas()) {
                // A job that passes the first may use up the quota that the first then waits for, so that others pass it, too.
                assertThat(explained.placements()).as("what a tick leaves, the next one leaves").isEmpty();
            }
            explained.waiting().stream().filter(row -> !explained.placements().containsKey(row.jobId()))
                    .forEach(row -> assertThat(explained.reasons().get(row.jobId()))
                            .as("reasons of %s", row.jobId()).isNotEmpty()
                            .noneMatch(reason -> reason.sentence().isBlank()));
        }

        private void promises() {
            JobSpec spec = ((JobReading.Valid) new JobReader().read(World.json(form()))).spec();
            ExplainQueue.Test test = world.explain.test(spec);
            if (test.placement().isPresent()) {
                return;
            }
            assertThat(test.reasons()).as("reasons of a tried job").isNotEmpty();
            Map<String, List<Reason>> byCluster = test.reasons().stream()
                    .collect(Collectors.groupingBy(reason -> String.valueOf(reason.cluster())));
            for (Reason reason : test.reasons()) {
                boolean alone = byCluster.getOrDefault(String.valueOf(reason.cluster()), List.of()).size() == 1
                        && !byCluster.containsKey("null");
                sizes(spec, reason);
                if (reason.code() == ReasonCode.DRAINED) {
                    resumed(spec, String.valueOf(reason.cluster()));
                }
                limits(spec, reason, alone);
            }
            quota(spec, test.reasons());
            released();
        }

        /** Resumed, the cluster is no reason any more, unless it is one for want of room: others may take it first. */
        private void resumed(JobSpec spec, String cluster) {
            world.drain(cluster, false);
            count("resumed");
            assertThat(world.explain.test(spec).reasons())
                    .noneMatch(reason -> cluster.equals(reason.cluster()) && reason.code() == ReasonCode.DRAINED);
            world.drain(cluster, true);
        }

        private void sizes(JobSpec spec, Reason reason) {
            Matcher smaller = SMALLER.matcher(reason.sentence());
            if (smaller.find()) {
                long millicores = new java.math.BigDecimal(smaller.group(1)).movePointRight(3).longValueExact();
                long mib = MemorySize.parseMib(smaller.group(2).replace(" ", "")).orElseThrow();
                assertStarts("smaller", sized(spec, new Resources(millicores, mib), spec.timeLimit()), reason);
            }
        }

        private void limits(JobSpec spec, Reason reason, boolean alone) {
            Matcher shorter = SHORTER.matcher(reason.sentence());
            if (shorter.find()) {
                assertStarts("shorter", sized(spec, spec.resources(), length(shorter.group(1))), reason);
            }
            Matcher before = ENDS_BEFORE.matcher(reason.sentence());
            if (alone && before.find() && !length(before.group(1)).isZero()) {
                assertStarts("before maintenance", sized(spec, spec.resources(), length(before.group(1))), reason);
            }
        }

        private void quota(JobSpec spec, List<Reason> reasons) {
            boolean byQuota = reasons.stream().anyMatch(reason -> reason.cluster() == null
                    && (reason.code() == ReasonCode.QUOTA || reason.code() == ReasonCode.TOO_LARGE));
            if (byQuota) {
                world.tenants.replace(TenantLimits.Table.EMPTY);
                ExplainQueue.Test test = world.explain.test(spec);
                count("more quota");
                assertThat(test.reasons()).extracting(Reason::code).doesNotContain(ReasonCode.QUOTA);
                assertThat(test.placement().isPresent() || !test.reasons().isEmpty()).isTrue();
                world.tenants.replace(table);
            }
        }

        /** Released, the next pass considers it: it starts, or has other reasons. */
        private void released() {
            world.store.waiting(1000).stream().filter(row -> row.held()).findFirst().ifPresent(row -> {
                world.steer.release(row.jobId(), "user:ann");
                ExplainQueue.Explanation explained = world.explain.explain();
                count("released");
                List<Reason> reasons = explained.reasons().getOrDefault(row.jobId(), new ArrayList<>());
                assertThat(explained.placements().containsKey(row.jobId()) || !reasons.isEmpty()).isTrue();
                assertThat(reasons).extracting(Reason::code).doesNotContain(ReasonCode.HELD);
                world.steer.hold(row.jobId(), "user:ann", "late");
            });
        }

        private void assertStarts(String promise, JobSpec spec, Reason reason) {
            count(promise);
            ExplainQueue.Test test = world.explain.test(spec);
            assertThat(test.placement()).as("%s by '%s' of %s: %s", promise, reason.sentence(), reason.cluster(),
                    test.reasons()).isPresent();
        }

        private static JobSpec sized(JobSpec spec, Resources resources, Duration limit) {
            return new JobSpec(spec.name(), spec.tenant(), spec.priority(), resources, limit, spec.clusters(),
                    spec.labels(), spec.run(), spec.environment(), spec.retry(), spec.attributes());
        }

        private static Duration length(String text) {
            return Duration.parse("PT" + text.toUpperCase(java.util.Locale.ROOT));
        }
    }
}
