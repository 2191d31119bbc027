package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot.Availability;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Jobs and clusters for tests: by hand, short to write, and at random from a seed. */
final class Scenarios {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long GIB = 1024;
    private static final List<Availability> CLOSED = List.of(Availability.DRAINED, Availability.UNREACHABLE,
            Availability.NO_METRICS);

    private Scenarios() {}

    static WaitingJob job(String id, int priority, long cores) {
        return job(id, priority, cores, cores);
    }

    static WaitingJob job(String id, int priority, long cores, long gib) {
        return new WaitingJob(id, priority, NOW.minusSeconds(60), Resources.ofCores(cores, gib * GIB),
                Duration.ofHours(1),
                "research", Set.of(), Map.of(), Set.of(), Map.of());
    }

    static ClusterSnapshot cluster(String name, long cores, long freeCores) {
        return cluster(name, cores, freeCores, Availability.OPEN);
    }

    static ClusterSnapshot cluster(String name, long cores, long freeCores, Availability availability) {
        return new ClusterSnapshot(name, Resources.ofCores(cores, cores * GIB),
                Resources.ofCores(freeCores, freeCores * GIB),
                Map.of("site", name), availability);
    }

    static PassInput input(List<WaitingJob> waiting, ClusterSnapshot... clusters) {
        return new PassInput(waiting, List.of(), List.of(clusters), NOW);
    }

    /** The same world with further dimensions, partitions, quotas, windows and held jobs in it. */
    static PassInput withEverything(RandomGenerator random) {
        PassInput plain = random(random);
        List<ClusterSnapshot> clusters = plain.clusters().stream().map(cluster -> {
            long gpus = random.nextLong(5);
            ClusterSnapshot more = new ClusterSnapshot(cluster.name(), cluster.capacity(), cluster.usable(),
                    cluster.labels(), cluster.availability(), Map.of("gpu", gpus, "licence", 3L),
                    Map.of("gpu", gpus == 0 ? 0 : random.nextLong(gpus + 1), "licence", random.nextLong(4)));
            return random.nextInt(3) == 0 ? more.asPartitionOf("whole") : more;
        }).toList();
        List<WaitingJob> waiting = plain.waiting().stream()
                .map(job -> job.withOptions(new WaitingJob.Options(
                        random.nextInt(3) == 0 ? Map.of("gpu", random.nextLong(3), "licence", 1L) : Map.of(),
                        random.nextInt(3) == 0 ? Map.of("zone", "eu") : Map.of(), random.nextInt(6) == 0,
                        random.nextInt(3) == 0 ? job.timeLimit().dividedBy(2).plusMillis(1) : null)))
                .map(job -> random.nextInt(6) == 0 ? onTheWhole(job, random.nextBoolean()) : job).toList();
        return new PassInput(waiting, plain.running(), clusters, plain.now(), terms(clusters, random));
    }

    private static WaitingJob onTheWhole(WaitingJob job, boolean only) {
        return new WaitingJob(job.jobId(), job.priority(), job.enqueuedAt(), job.resources(), job.timeLimit(),
                job.tenant(), only ? Set.of("whole") : Set.of(), job.labels(), only ? Set.of() : Set.of("whole"),
                job.attributes(), job.options());
    }

    private static PassTerms terms(List<ClusterSnapshot> clusters, RandomGenerator random) {
        Map<String, PassTerms.Tenant> tenants = new HashMap<>();
        for (int index = 0; index < 2; index++) {
            tenants.put("t" + index, new PassTerms.Tenant(1 + random.nextInt(3),
                    random.nextBoolean() ? Resources.ofCores(random.nextLong(20, 60), 1L << 20) : null,
                    random.nextBoolean() ? random.nextInt(5, 9) : Integer.MAX_VALUE, random.nextInt(10_000)));
        }
        List<PassTerms.Window> windows = new ArrayList<>();
        for (ClusterSnapshot cluster : clusters) {
            if (random.nextBoolean()) {
                Instant from = NOW.plusSeconds(random.nextLong(-3600, 20_000));
                windows.add(new PassTerms.Window(random.nextInt(3) == 0 ? "whole" : cluster.name(), from,
                        from.plusSeconds(random.nextLong(60, 9000))));
            }
        }
        return new PassTerms(tenants, windows);
    }

    /** A small world with every kind of obstacle in it. */
    static PassInput random(RandomGenerator random) {
        List<ClusterSnapshot> clusters = new ArrayList<>();
        List<RunningJob> running = new ArrayList<>();
        for (int index = random.nextInt(5); index > 0; index--) {
            Availability availability = random.nextInt(5) == 0
                    ? CLOSED.get(random.nextInt(CLOSED.size()))
                    : Availability.OPEN;
            long cores = random.nextLong(1, 33);
            String name = "c" + index;
            long used = random.nextLong(cores + 1);
            clusters.add(new ClusterSnapshot(name, Resources.ofCores(cores, cores * random.nextLong(1, 5) * GIB),
                    Resources.ofCores(cores - used, (cores - used) * GIB),
                    Map.of("zone", random.nextBoolean() ? "eu" : "us"), availability));
            if (used > 0) {
                running.add(new RunningJob("r" + index, name, Resources.ofCores(used, used * GIB),
                        NOW.plusSeconds(random.nextLong(1, 90_000)), "t" + random.nextInt(3)));
            }
        }
        List<WaitingJob> waiting = new ArrayList<>();
        for (int index = random.nextInt(40); index > 0; index--) {
            waiting.add(new WaitingJob("j" + index, random.nextInt(4) * 500,
                    NOW.minusSeconds(random.nextInt(3) * 60L),
                    Resources.ofCores(random.nextLong(1, 17), random.nextLong(1, 33) * GIB),
                    Duration.ofMinutes(random.nextLong(1, 600)), "t" + random.nextInt(3),
                    random.nextInt(3) == 0 ? Set.of("c" + random.nextInt(1, 6)) : Set.of(),
                    random.nextInt(4) == 0 ? Map.of("zone", random.nextBoolean() ? "eu" : "us") : Map.of(),
                    random.nextInt(5) == 0 ? Set.of("c" + random.nextInt(1, 6)) : Set.of(), Map.of()));
        }
        return new PassInput(waiting, running, clusters, NOW);
    }
}
