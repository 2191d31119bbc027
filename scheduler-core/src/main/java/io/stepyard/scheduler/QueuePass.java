package io.stepyard.scheduler;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pass from nothing but its input: fills a queue, evaluates it once, and explains what stayed. */
final class QueuePass implements Pass {

    private final Policy policy;
    private final int reasonDepth;

    /** @param reasonDepth distinct kinds of jobs that are explained cluster by cluster; those behind get one sentence */
    QueuePass(Policy policy, int reasonDepth) {
        this.policy = policy;
        this.reasonDepth = reasonDepth;
    }

    @Override
    public PassResult run(PassInput input) {
        QueueOfInput filled = QueueOfInput.of(policy, input);
        PassRun run = filled.queue().evaluate(input.now());
        Map<String, List<Reason>> reasons = new LinkedHashMap<>();
        new Explanation(filled.queue(), run, input.now(), reasonDepth).explainInto(reasons);
        for (WaitingJob job : filled.aside()) {
            reasons.put(job.jobId(), List.of(filled.running().contains(job.jobId())
                    ? new Reason(null, ReasonCode.ALREADY_RUNNING,
                            "the job holds resources already; its queue entry goes once that run is settled")
                    : new Reason(null, ReasonCode.HELD, "the job is held; release it and the next pass considers it")));
        }
        return new PassResult(run.placements(), reasons, run.plannedStarts());
    }
}
