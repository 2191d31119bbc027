package io.stepyard.scheduler;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass with conservative backfill: every job down to the policy's depth gets the earliest start that delays none of
 * those before it, and starts when that is now.
 */
final class ConservativeRun {

    private final LiveQueue queue;
    private final PassRun pass;
    private final long now;
    private final List<PlannedStart> planned = new ArrayList<>();

    ConservativeRun(LiveQueue queue, PassRun pass, long now) {
        this.queue = queue;
        this.pass = pass;
        this.now = now;
    }

    List<PlannedStart> plannedStarts() {
        return planned;
    }

    void run() {
        Policy policy = queue.policy();
        Profile[] profiles = queue.clusters().byName().stream()
                .map(cluster -> new Profile(cluster, queue.windows(), now))
                .toArray(Profile[]::new);
        for (Ranking.Ranked ranked : Ranking.jobs(queue, pass.rater(), policy.depth())) {
            JobGroup group = ranked.group();
            if (queue.quotas().allows(group.key.tenant(), group.need)) {
                plan(ranked, profiles);
            }
        }
    }

    private void plan(Ranking.Ranked ranked, Profile[] profiles) {
        JobGroup group = ranked.group();
        Profile best = null;
        long bestStart = Profile.NEVER;
        for (int index : queue.clusters().openTo(group.shape)) {
            Profile profile = profiles[index];
            long start = profile.earliest(group.need, group.runMillis, group.limitMillis);
            if (start < bestStart || (start == now && bestStart == now && isBetter(group, profile, best))) {
                best = profile;
                bestStart = start;
            }
        }
        if (best == null) {
            return;
        }
        best.reserve(group.need, bestStart, group.runMillis);
        if (bestStart == now) {
            pass.place(group, best.cluster());
        } else {
            planned.add(new PlannedStart(ranked.job().jobId(), best.cluster().name(), Instant.ofEpochMilli(bestStart)));
        }
    }

    private boolean isBetter(JobGroup group, Profile profile, @Nullable Profile best) {
        return best == null || pass.isBetter(group, profile.cluster(), best.cluster());
    }
}
