package io.stepyard.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Makes workloads from a seed: arrivals with a daily rhythm, sizes that favour powers of two, run times spread over
 * orders of magnitude, users of unlike activity who repeat themselves and give generous limits.
 *
 * @param load core-seconds asked for in each second over the cores there are; 1 is as much as can be done
 */
public record WorkloadGenerator(long seed, int jobs, double load, long cores, int users) {

    private static final int DAY_SECONDS = 86_400;
    private static final long[] LIMITS = {600, 1800, 3600, 7200, 14_400, 43_200, 86_400, 172_800};
    private static final int[] PRIORITIES = {0, 0, 0, 100, 100, 500, 1000};

    public WorkloadGenerator {
        if (jobs < 1 || !(load > 0) || cores < 1 || users < 1) {
            throw new InputFault("expected jobs, load, cores and users above 0, but found jobs=" + jobs + ", load="
                    + load + ", cores=" + cores + ", users=" + users);
        }
    }

    /** The same values give the same jobs. */
    public Trace generate() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<TraceJob> raw = new ArrayList<>(jobs);
        double work = 0;
        for (int index = 0; index < jobs; index++) {
            int user = (int) (users * Math.pow(random.nextDouble(), 2));
            long size = size(random);
            long run = Math.max(1, Math.round(Math.exp(random.nextGaussian(5 + user % 5, 2))));
            run = Math.min(run, LIMITS[LIMITS.length - 1]);
            long limit = limit(run, random);
            raw.add(new TraceJob(index + 1, 0, run, limit, size * 1000, size * 1024 * random.nextInt(1, 5),
                    "user" + user, PRIORITIES[user % PRIORITIES.length], Set.of()));
            work += (double) run * size;
        }
        double meanGap = work / (load * cores) / jobs;
        double moment = 0;
        List<TraceJob> timed = new ArrayList<>(jobs);
        for (TraceJob job : raw) {
            double hour = moment % DAY_SECONDS / 3600;
            double rush = 1 + 0.7 * Math.sin((hour - 8) / 24 * 2 * Math.PI);
            moment += -Math.log(1 - random.nextDouble()) * meanGap / Math.max(0.2, rush);
            timed.add(new TraceJob(job.number(), Math.round(moment), job.runSeconds(), job.requestSeconds(),
                    job.cpuMillicores(), job.memoryMib(), job.user(), job.priority(), Set.of()));
        }
        return new Trace("generated-" + seed, cores, timed, Map.of());
    }

    private long size(RandomGenerator random) {
        long most = Math.max(1, cores / 2);
        long size = Math.round(Math.pow(2, random.nextDouble() * (63 - Long.numberOfLeadingZeros(most))));
        boolean even = random.nextInt(4) != 0;
        return Math.min(most, even ? Long.highestOneBit(size) : size);
    }

    private static long limit(long run, RandomGenerator random) {
        int fits = 0;
        while (LIMITS[fits] < run) {
            fits++;
        }
        return LIMITS[Math.min(LIMITS.length - 1, fits + random.nextInt(3))];
    }
}
