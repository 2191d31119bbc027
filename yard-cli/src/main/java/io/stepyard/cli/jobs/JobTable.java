package io.stepyard.cli.jobs;

import io.stepyard.cli.api.JobSummary;
import io.stepyard.cli.text.Sizes;
import io.stepyard.cli.text.Table;
import io.stepyard.cli.text.Times;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs in the form that users of squeue know: two letters of state, the cluster or the reason in the last column. */
final class JobTable {

    private JobTable() {}

    static Table of(List<JobSummary> jobs, Instant now) {
        Table table = new Table("JOBID", "NAME", "TENANT", ">PRIO", "ST", ">CPU", ">MEM", ">TIME",
                "CLUSTER(REASON)");
        for (JobSummary job : jobs) {
            table.row(job.jobId(), job.name(), job.tenant(), Integer.toString(job.priority()), job.state().code(),
                    Sizes.cpu(job.cpuMillicores()), Sizes.memory(job.memoryMib()), time(job, now), place(job));
        }
        return table;
    }

    private static String time(JobSummary job, Instant now) {
        boolean started = job.state().holdsReservation() || job.state().isFinal();
        Instant from = started ? job.startedAt() : waitsSince(job);
        return Times.between(from, job.endedAt() == null ? now : job.endedAt());
    }

    private static @Nullable Instant waitsSince(JobSummary job) {
        return job.queuedAt() != null ? job.queuedAt() : job.submittedAt();
    }

    private static String place(JobSummary job) {
        if (job.state().holdsReservation() || job.state().isFinal()) {
            return job.cluster() == null ? "-" : job.cluster();
        }
        return "(" + (job.reason() == null ? "not examined yet" : job.reason()) + ")";
    }
}
