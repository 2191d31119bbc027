package io.stepyard.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A pass from nothing but its input: fills a queue, evaluates it once, and explains what stayed. */
final class QueuePass implements Pass {

    private static final Comparator<WaitingJob> ONE_BY_ONE = Comparator.comparing(WaitingJob::jobId)
            .thenComparing(JobGroup.BY_PRIORITY);

    private final Policy policy;
    private final int reasonDepth;

    /** @param reasonDepth distinct kinds of jobs that are explained cluster by cluster; those behind get one sentence */
    QueuePass(Policy policy, int reasonDepth) {
        this.policy = policy;
        this.reasonDepth = reasonDepth;
    }

    @Override
    public PassResult run(PassInput input) {
        LiveQueue queue = new LiveQueue(policy, input.terms());
        input.clusters().stream().sorted(Comparator.comparing(ClusterSnapshot::name)).forEach(queue::cluster);
        Set<String> running = fillRunning(queue, input);
        List<WaitingJob> aside = fillWaiting(queue, input, running);
        PassRun run = queue.evaluate(input.now());
        Map<String, List<Reason>> reasons = new LinkedHashMap<>();
        new Explanation(queue, run, input.now(), reasonDepth).explainInto(reasons);
        for (WaitingJob job : aside) {
            reasons.put(job.jobId(), List.of(running.contains(job.jobId())
                    ? new Reason(null, ReasonCode.ALREADY_RUNNING,
                            "the job holds resources already; its queue entry goes once that run is settled")
                    : new Reason(null, ReasonCode.HELD, "the job is held; release it and the next pass considers it")));
        }
        return new PassResult(run.placements(), reasons, run.plannedStarts());
    }

    private static Set<String> fillRunning(LiveQueue queue, PassInput input) {
        Set<String> known = new HashSet<>();
        input.clusters().forEach(cluster -> known.add(cluster.name()));
        Set<String> running = new HashSet<>();
        for (RunningJob job : input.running().stream().sorted(Comparator.comparing(RunningJob::jobId)).toList()) {
            // A job on a cluster that is gone returns no room to anybody, but it must not start a second time.
            if (running.add(job.jobId()) && known.contains(job.cluster())) {
                queue.running(job, input.now());
            }
        }
        return running;
    }

    private static List<WaitingJob> fillWaiting(LiveQueue queue, PassInput input, Set<String> running) {
        Set<String> seen = HashSet.newHashSet(input.waiting().size());
        List<WaitingJob> aside = new ArrayList<>();
        boolean twice = input.waiting().stream().anyMatch(job -> !seen.add(job.jobId()));
        List<WaitingJob> waiting = twice ? input.waiting().stream().sorted(ONE_BY_ONE).toList() : input.waiting();
        seen.clear();
        for (WaitingJob job : waiting) {
            if (!seen.add(job.jobId())) {
                continue;
            }
            if (running.contains(job.jobId()) || job.options().held()) {
                aside.add(job);
            } else {
                queue.add(job);
            }
        }
        aside.sort(JobGroup.BY_PRIORITY);
        return aside;
    }
}
