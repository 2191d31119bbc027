package io.stepyard.cli.jobs;

import io.stepyard.cli.api.ApiRefusal;
import io.stepyard.cli.api.JobSummary;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One command on many jobs: one that is refused does not keep the others from it. */
final class SteerCall {

    private SteerCall() {}

    /** @return the worst exit code */
    static int each(Surroundings around, boolean json, List<String> jobIds, Function<String, JobSummary> call,
            Function<JobSummary, String> outcome) {
        List<Map<String, Object>> answers = new ArrayList<>();
        int exitCode = ExitCode.OK;
        for (String jobId : jobIds) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("jobId", jobId);
            try {
                JobSummary job = call.apply(jobId);
                answer.put("done", true);
                answer.put("state", job.state().name());
                answer.put("priority", job.priority());
                if (!json) {
                    around.out().println(jobId + "  " + outcome.apply(job));
                }
            } catch (ApiRefusal refusal) {
                exitCode = Math.max(exitCode, refusal.isNotFound() ? ExitCode.NOT_FOUND : ExitCode.REFUSED);
                answer.put("done", false);
                answer.put("problem", refusal.problem().sentence());
                if (!json) {
                    around.err().println("yard: " + refusal.problem().sentence());
                }
            }
            answers.add(answer);
        }
        if (json) {
            Json.print(around.out(), "jobs", answers);
        }
        return exitCode;
    }
}
