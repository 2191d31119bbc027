package io.stepyard.cli.jobs;

import io.stepyard.cli.api.ApiRefusal;
import io.stepyard.cli.api.JobDetail;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.service.Target;
import io.stepyard.cli.service.YardFailure;
import io.stepyard.cli.submit.Executions;
import io.stepyard.cli.submit.StepFunctions;
import io.stepyard.cli.text.Json;
import io.stepyard.cli.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yard show}: all there is to know about one job. */
@Command(name = "show", description = {
        "Show one job: what it asked for, its attempts, and why it waits or failed."}, footerHeading = "%nExamples:%n", footer = {
                "  yard show word-count-20261121-101500-k3f9",
                "  yard show word-count-20261121-101500-k3f9 --json | jq .job.attempts"})
public final class ShowCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Parameters(paramLabel = "JOB", description = "The job's id, as 'yard submit' printed it.")
    private String jobId = "";

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public ShowCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Target target = services.target(around.environment());
        JobDetail job;
        try {
            job = Services.jobApi(target).job(jobId);
        } catch (ApiRefusal refusal) {
            return refusedJob(target, refusal);
        }
        if (json) {
            Json.print(around.out(), "job", job);
        } else {
            JobPage.print(job, around.clock().instant(), around.out());
        }
        return ExitCode.OK;
    }

    /** A job that was refused was never queued, so only its execution knows of it and why. */
    private int refusedJob(Target target, ApiRefusal refusal) {
        if (!refusal.isNotFound()) {
            throw refusal;
        }
        Executions.Execution execution;
        try (Executions executions = StepFunctions.connect(target)) {
            execution = executions.ofJob(jobId);
        } catch (YardFailure unknown) {
            throw refusal;
        }
        if (execution.status() == Executions.Status.RUNNING) {
            throw refusal;
        }
        String cause = Text.printable(Objects.requireNonNullElse(execution.cause(), ""));
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("jobId", jobId);
            fields.put("state", "REFUSED");
            fields.put("executionArn", execution.arn());
            fields.put("error", execution.error());
            fields.put("cause", execution.cause());
            Json.print(around.out(), "job", fields);
        } else {
            around.out().println(jobId + "  REFUSED, never queued");
            around.out().println("  " + Objects.requireNonNullElse(execution.error(), execution.status().name()) + " - "
                    + cause.strip().replace("\n", "\n  "));
        }
        return ExitCode.OK;
    }
}
