package io.stepyard.api.jobs;

import io.stepyard.model.job.JobSpec;
import io.stepyard.scheduler.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at what would become of a job if it were submitted now. Changes nothing. */
@FunctionalInterface
public interface JobTrial {

    Answer of(JobSpec spec);

    /**
     * What would become of it.
     *
     * @param fits cluster by cluster, whether the job could ever run there
     * @param cluster where it would start now; null when it would wait
     * @param reasons why it would wait, the most telling first
     */
    record Answer(List<Fit> fits, @Nullable String cluster, List<Reason> reasons) {

        public Answer {
            fits = List.copyOf(fits);
            reasons = List.copyOf(reasons);
        }
    }

    /** @param reason why it could not run there; null when it could */
    record Fit(String cluster, boolean fits, @Nullable String reason) {}
}
