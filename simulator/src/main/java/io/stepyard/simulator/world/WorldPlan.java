package io.stepyard.simulator.world;

import io.stepyard.core.job.PollPolicy;
import io.stepyard.core.scheduling.SchedulerSettings;
import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a world is made of, drawn from its seed.
 *
 * @param clusters by name, 3 or more
 * @param jobs 200 or more, in the order they are submitted
 * @param functionLimit how long a call of a function lives at the most
 */
record WorldPlan(Map<String, Resources> clusters, List<PlannedJob> jobs, SchedulerSettings scheduler, PollPolicy polls,
        Duration tickEvery, Duration functionLimit) {

    static final int JOBS = 220;
    static final Duration LENGTH = Duration.ofDays(3);
    private static final List<String> NAMES = List.of("aarau", "basel", "chur", "davos", "emmen");
    private static final List<String> POLICIES = List.of("source", "strict", "best-effort", "easy", "conservative",
            "default");
    private static final List<String> TIME_LIMITS = List.of("10m", "1h", "4h", "12h");
    private static final List<Integer> POLL_SECONDS = List.of(180, 600, 1_200);
    private static final List<Integer> TICK_SECONDS = List.of(120, 240, 300);

    /** @param after the start of the world */
    record PlannedJob(String name, Duration after, String json) {}

    static WorldPlan draw(Chance chance) {
        Map<String, Resources> clusters = new LinkedHashMap<>();
        int count = chance.between(3, NAMES.size());
        for (String name : NAMES.subList(0, count)) {
            clusters.put(name, Resources.ofCores(chance.between(4, 16), 1_024L * chance.between(8, 64)));
        }
        SchedulerSettings usual = SchedulerSettings.DEFAULT;
        SchedulerSettings settings = new SchedulerSettings(chance.pick(POLICIES), usual.depth(), usual.leaseLength(),
                usual.sampleEvery(), usual.sampleMaxAge(), usual.lookAgainAfter(), usual.signalAgainAfter(),
                usual.prediction(), usual.usageStoredEvery());
        return new WorldPlan(clusters, jobs(chance), settings,
                new PollPolicy(Duration.ofSeconds(chance.pick(POLL_SECONDS)), PollPolicy.DEFAULT.fraction()),
                Duration.ofSeconds(chance.pick(TICK_SECONDS)), Duration.ofSeconds(chance.oneIn(2) ? 50 : 75));
    }

    private static List<PlannedJob> jobs(Chance chance) {
        List<PlannedJob> jobs = new ArrayList<>();
        long millis = LENGTH.toMillis() * 9 / 10;
        while (jobs.size() < JOBS) {
            Duration at = Duration.ofMillis((long) (chance.between(0.0, 1.0) * millis));
            int together = chance.oneIn(6) ? chance.between(5, 30) : chance.between(1, 3);
            for (int i = 0; i < together && jobs.size() < JOBS; i++) {
                jobs.add(new PlannedJob("job-" + jobs.size(), at.plusSeconds(chance.below(60)), json(chance)));
            }
        }
        return jobs;
    }

    private static String json(Chance chance) {
        boolean retried = chance.oneIn(2);
        return """
                {"schemaVersion":1,"name":"count","run":{"kind":"command","command":["true"]},"priority":%d,"cpu":%d,\
                "memory":"%dMiB","timeLimit":"%s"%s}"""
                .formatted(chance.between(0, 4) * 1_000,
                        chance.oneIn(10) ? chance.between(4, 12) : chance.between(1, 3),
                        256 * chance.between(1, 32), chance.pick(TIME_LIMITS), retried
                                ? ",\"retry\":{\"maxAttempts\":" + chance.between(1, 4)
                                        + ",\"backoff\":\"30s\",\"on\":[\"USER_ERROR\",\"INFRASTRUCTURE\",\"LOST\",\"TIME_LIMIT\",\"REFUSED\"]}"
                                : "");
    }
}
