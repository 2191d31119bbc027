package io.stepyard.cli.jobs;

import io.stepyard.cli.api.ExplainView;
import io.stepyard.cli.api.ReasonView;
import io.stepyard.cli.api.StartView;
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

/** {@code yard explain}: why a job waits, cluster by cluster, what would change it, its rank and its start. */
@Command(name = "explain", description = {"Explain one job: every reason why it waits, with what would change it,",
        "its rank and the factors behind it, and when it would start."}, footerHeading = "%nExamples:%n", footer = {
                "  yard explain word-count-20261121-101500-k3f9",
                "  yard explain word-count-20261121-101500-k3f9 --json | jq -r '.reasons[].text'"})
public final class ExplainCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Parameters(paramLabel = "JOB", description = "The job's id.")
    private String jobId = "";

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public ExplainCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        ExplainView job = Services.jobApi(services.target(around.environment())).explain(jobId);
        if (json) {
            Json.print(around.out(), "explanation", job);
            return ExitCode.OK;
        }
        around.out().println(job.jobId() + "  " + job.state() + (job.cluster() == null ? "" : " on " + job.cluster())
                + "  (" + job.name() + " of tenant " + job.tenant() + ")");
        if (job.standing() != null) {
            around.out().println("  rank      " + StartText.standing(job.standing()));
        }
        StartView start = job.start();
        if (start != null) {
            around.out().println("  expected  " + StartText.place(start.expected()));
            around.out().println("  planned   " + StartText.place(start.planned())
                    + (start.planned() == null ? "" : ", by time limits; nobody behind it delays that"));
            around.out().println("  basis     " + start.basis());
        }
        if (job.reasons().isEmpty()) {
            around.out().println("  It waits for nothing.");
        }
        for (ReasonView reason : job.reasons()) {
            around.out().println("  " + (reason.cluster() == null ? "*" : reason.cluster()) + "  " + reason.category()
                    + ":" + reason.code() + " - " + reason.text());
        }
        return ExitCode.OK;
    }
}
