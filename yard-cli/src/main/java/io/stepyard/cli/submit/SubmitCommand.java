package io.stepyard.cli.submit;

import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.service.Target;
import io.stepyard.cli.service.YardFailure;
import io.stepyard.cli.text.Json;
import io.stepyard.core.job.JobReader;
import io.stepyard.model.job.DurationText;
import io.stepyard.model.job.JobId;
import java.time.Duration;
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

/** {@code yard submit}: one execution for each job file. All files are checked before anything is started. */
@Command(name = "submit", description = {"Submit jobs: one execution of the job manager for each job file.",
        "All files are checked first; if one is invalid, nothing is submitted. A relative run.workingDirectory is "
                + "relative to the job file."}, footerHeading = "%nExamples:%n", footer = {
                        "  yard submit examples/word-count.json",
                        "  yard submit examples/word-count.json --name count-1 --wait --timeout 10m",
                        "  yard submit --test-only examples/*.json          would they be taken, and start now?",
                        "  yard submit --profile prod --region eu-central-1 job.json   on AWS"})
public final class SubmitCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Job JSON files; '-' reads standard input.")
    private List<String> files = List.of();

    @Option(names = "--name", paramLabel = "ID", description = {
            "The job's id (the execution's name). Submitting the same job twice with one id is one job."})
    private @Nullable String name;

    @Option(names = "--wait", description = "Wait for the end; exit code 1 when a job did not succeed.")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "TIME", description = "With --wait: give up after 30s, 10m, 2h (exit code 5; the jobs go on).")
    private @Nullable String timeout;

    @Option(names = "--test-only", description = "Ask what would happen; nothing is queued.")
    private boolean testOnly;

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public SubmitCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Duration patience = checkOptions();
        Target target = services.target(around.environment());
        JobReader reader = new JobReader();
        List<JobFile> jobs = files.stream().map(file -> JobFile.read(file, around.directory(), reader)).toList();
        SubmitReport report = new SubmitReport(around, json);
        if (testOnly) {
            return report.tests(jobs, Services.jobApi(target));
        }
        if (!jobs.stream().allMatch(JobFile::isValid)) {
            return report.refused(jobs);
        }
        try (Executions executions = StepFunctions.connect(target)) {
            List<Submitter.Submitted> submitted = start(jobs, new Submitter(executions, around), report);
            if (!wait) {
                report.end(submitted, Map.of());
                return ExitCode.OK;
            }
            JobApiClient api = target.api() == null ? null : new JobApiClient(target.api(), Json.MAPPER);
            Map<String, String> arns = new LinkedHashMap<>();
            submitted.forEach(job -> arns.put(job.jobId(), job.executionArn()));
            Map<String, JobOutcome> outcomes = new Watch(executions, api, around).untilEnded(arns, patience,
                    report::change);
            report.end(submitted, outcomes);
            return outcomes.values().stream().mapToInt(JobOutcome::exitCode).max().orElse(ExitCode.OK);
        }
    }

    private @Nullable Duration checkOptions() {
        if (name != null && (files.size() > 1 || !JobId.isValid(name))) {
            throw new YardFailure(ExitCode.USAGE, files.size() > 1
                    ? "Expected one file with --name, but found " + files.size() + ": one id is one job"
                    : "Expected a --name of 1 to 80 letters, digits, '.', '_' or '-', but found '" + name + "'");
        }
        if (timeout != null && !wait) {
            throw new YardFailure(ExitCode.USAGE, "--timeout says how long to --wait: give both or none");
        }
        try {
            return timeout == null ? null : DurationText.parse(timeout);
        } catch (IllegalArgumentException unreadable) {
            throw new YardFailure(ExitCode.USAGE, "--timeout: " + unreadable.getMessage(), unreadable);
        }
    }

    /** When a later start fails, the ids of the earlier ones have been printed already. */
    private List<Submitter.Submitted> start(List<JobFile> jobs, Submitter submitter, SubmitReport report) {
        List<Submitter.Submitted> submitted = new ArrayList<>();
        for (JobFile job : jobs) {
            try {
                submitted.add(submitter.submit(job, name));
                report.started(submitted.getLast());
            } catch (YardFailure failure) {
                report.end(submitted, Map.of());
                throw failure;
            }
        }
        return submitted;
    }
}
