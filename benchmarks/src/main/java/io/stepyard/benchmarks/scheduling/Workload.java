package io.stepyard.benchmarks.scheduling;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot;
import io.stepyard.scheduler.ClusterSnapshot.Availability;
import io.stepyard.scheduler.LiveQueue;
import io.stepyard.scheduler.PassTerms;
import io.stepyard.scheduler.Policies;
import io.stepyard.scheduler.WaitingJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Waiting jobs and clusters from a seed, for measurements: the same seed, the same jobs. */
public final class Workload {

    /** The moment of the first pass. */
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final int TENANTS = 250;
    /** Real logs show 97 to 870 kinds of (cores, memory), and 4,000 to 11,500 of (cores, memory, limit, user). */
    private static final int SHAPES = 870;
    private static final int LIMITS = 500;
    private static final int HABITS = 46;
    private static final int DAY_SECONDS = 86_400;
    private static final int GIB = 1024;

    private final RandomGenerator random;
    private final Variety variety;
    private final long[][] shapes = new long[SHAPES][];
    private final Habit[][] habits = new Habit[TENANTS][HABITS];

    /** How unlike the jobs are. */
    public enum Variety {
        /** As in real logs: tenants repeat themselves. */
        AS_IN_LOGS,
        /** Every job draws everything anew: nearly no two are alike. */
        WILD
    }

    private record Habit(long cores, long gib, long limitSeconds, int priority) {}

    public Workload(long seed, Variety variety) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.variety = variety;
        for (int index = 0; index < SHAPES; index++) {
            shapes[index] = shape();
        }
        long[] limits = new long[LIMITS];
        for (int index = 0; index < LIMITS; index++) {
            limits[index] = 60L * random.nextInt(1, 2880);
        }
        for (Habit[] tenant : habits) {
            int priority = random.nextInt(5) * 100;
            for (int index = 0; index < HABITS; index++) {
                long[] shape = shapes[random.nextInt(SHAPES)];
                tenant[index] = new Habit(shape[0], shape[1], limits[random.nextInt(LIMITS)], priority);
            }
        }
    }

    private long[] shape() {
        return new long[]{random.nextInt(3) == 0 ? random.nextInt(1, 65) : 1L << random.nextInt(7),
                random.nextInt(1, 257)};
    }

    private Habit anew() {
        long[] shape = shape();
        return new Habit(shape[0], shape[1], 60L * random.nextInt(1, 2880), random.nextInt(1001));
    }

    /** Clusters of 64 to 1,023 cores, all free. */
    public List<ClusterSnapshot> clusters(int count) {
        List<ClusterSnapshot> clusters = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            long cores = random.nextInt(64, 1024);
            Resources all = Resources.ofCores(cores, cores * random.nextInt(2, 9) * GIB);
            clusters.add(new ClusterSnapshot("cluster-" + index, all, all, Map.of(), Availability.OPEN));
        }
        return clusters;
    }

    /** Jobs that joined the queue within the last day. */
    public List<WaitingJob> jobs(int count) {
        List<WaitingJob> jobs = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            jobs.add(job(NOW.minusMillis(random.nextLong(DAY_SECONDS * 1000L))));
        }
        return jobs;
    }

    /** One job that joins the queue now. */
    public WaitingJob job(Instant now) {
        int tenant = (int) (TENANTS * Math.pow(random.nextDouble(), 2));
        Habit habit = variety == Variety.AS_IN_LOGS ? habits[tenant][random.nextInt(HABITS)] : anew();
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        return new WaitingJob(id, habit.priority, now, Resources.ofCores(habit.cores, habit.gib * GIB),
                Duration.ofSeconds(habit.limitSeconds), "tenant-" + tenant, Set.of(), Map.of(), Set.of(), Map.of());
    }

    /** A queue with those clusters and jobs in it. */
    public static LiveQueue queue(String policy, List<ClusterSnapshot> clusters, List<WaitingJob> jobs) {
        LiveQueue queue = new LiveQueue(Policies.policy(policy), PassTerms.NONE);
        clusters.forEach(queue::cluster);
        jobs.forEach(queue::add);
        return queue;
    }
}
