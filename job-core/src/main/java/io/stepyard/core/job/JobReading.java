package io.stepyard.core.job;

import io.stepyard.model.job.JobSpec;
import java.util.List;

/** What came of reading a job JSON: the job, or everything that is wrong with it at once (A1). */
public sealed interface JobReading {

    record Valid(JobSpec spec) implements JobReading {}

    record Invalid(List<Fault> faults) implements JobReading {

        public Invalid {
            faults = List.copyOf(faults);
        }
    }
}
