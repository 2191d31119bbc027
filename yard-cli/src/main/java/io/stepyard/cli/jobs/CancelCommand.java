package io.stepyard.cli.jobs;

import io.stepyard.cli.api.ApiRefusal;
import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.api.JobSummary;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yard cancel}: asks for the end of jobs; one that cannot be cancelled does not keep the others from it. */
@Command(name = "cancel", description = "Cancel jobs. Asking twice is asking once.", footerHeading = "%nExamples:%n", footer = {
        "  yard cancel sort-million-20261121-101501-m7aa",
        "  yard cancel --reason 'wrong input' $(yard queue --json --tenant web | jq -r '.items[].jobId')"})
public final class CancelCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Parameters(paramLabel = "JOB", arity = "1..*", description = "Ids of the jobs.")
    private List<String> jobIds = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, kept in the job's history.")
    private String reason = "asked for with yard cancel";

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public CancelCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        JobApiClient api = Services.jobApi(services.target(around.environment()));
        List<Map<String, Object>> answers = new ArrayList<>();
        int exitCode = ExitCode.OK;
        for (String jobId : jobIds) {
            try {
                JobSummary job = api.cancel(jobId, reason);
                tell(answers, jobId, job.state().name(), null);
            } catch (ApiRefusal refusal) {
                exitCode = Math.max(exitCode, refusal.isNotFound() ? ExitCode.NOT_FOUND : ExitCode.REFUSED);
                tell(answers, jobId, "NOT_CANCELLED", refusal.problem().sentence());
            }
        }
        if (json) {
            Json.print(around.out(), "jobs", answers);
        }
        return exitCode;
    }

    private void tell(List<Map<String, Object>> answers, String jobId, String state,
            @Nullable String problem) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("jobId", jobId);
        answer.put("state", state);
        if (problem != null) {
            answer.put("problem", problem);
        }
        answers.add(answer);
        if (!json && problem != null) {
            around.err().println("yard: could not cancel " + jobId + ": " + problem);
        } else if (!json) {
            around.out().println(jobId + "  " + state);
        }
    }
}
