package io.stepyard.cli.jobs;

import io.stepyard.cli.api.JobDetail;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.text.Json;
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
        JobDetail job = Services.jobApi(services.target(around.environment())).job(jobId);
        if (json) {
            Json.print(around.out(), "job", job);
        } else {
            JobPage.print(job, around.clock().instant(), around.out());
        }
        return ExitCode.OK;
    }
}
