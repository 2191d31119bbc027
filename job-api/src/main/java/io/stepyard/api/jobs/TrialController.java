package io.stepyard.api.jobs;

import io.stepyard.api.http.RequestBodies;
import io.stepyard.core.job.Fault;
import io.stepyard.core.job.JobReader;
import io.stepyard.core.job.JobReading;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tries a job out: its faults, where it fits, and whether it would start now. Nothing is queued. */
@RestController
public final class TrialController {

    private final JobReader reader;
    private final JobTrial trial;

    public TrialController(JobReader reader, JobTrial trial) {
        this.reader = reader;
        this.trial = trial;
    }

    /**
     * What would become of the job.
     *
     * @param faults everything that is wrong with it; the other lists are empty when it is not valid
     * @param cluster where it would start now; null when it would not
     */
    public record TrialView(boolean valid, List<Fault> faults, List<JobTrial.Fit> fits, boolean wouldStartNow,
            @Nullable String cluster, List<ReasonView> reasons) {}

    @PostMapping(path = "/v1/jobs/test", produces = "application/json")
    public TrialView test(HttpServletRequest request) throws IOException {
        return switch (reader.read(RequestBodies.json(request))) {
            case JobReading.Invalid invalid ->
                new TrialView(false, invalid.faults(), List.of(), false, null, List.of());
            case JobReading.Valid valid -> {
                JobTrial.Answer answer = trial.of(valid.spec());
                yield new TrialView(true, List.of(), answer.fits(), answer.cluster() != null, answer.cluster(),
                        answer.reasons().stream().map(ReasonView::of).toList());
            }
        };
    }
}
