package io.stepyard.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A queue filled from the input of one pass.
 *
 * @param running ids of the jobs that hold resources
 * @param aside waiting jobs that cannot be considered: held, or holding resources already
 */
record QueueOfInput(LiveQueue queue, Set<String> running, List<WaitingJob> aside) {

    private static final Comparator<WaitingJob> ONE_BY_ONE = Comparator.comparing(WaitingJob::jobId)
            .thenComparing(JobGroup.BY_PRIORITY);

    static QueueOfInput of(Policy policy, PassInput input) {
        LiveQueue queue = new LiveQueue(policy, input.terms());
        input.clusters().stream().sorted(Comparator.comparing(ClusterSnapshot::name)).forEach(queue::cluster);
        Set<String> running = fillRunning(queue, input);
        return new QueueOfInput(queue, running, fillWaiting(queue, input, running));
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
