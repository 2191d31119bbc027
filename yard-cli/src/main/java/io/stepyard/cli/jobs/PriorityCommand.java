package io.stepyard.cli.jobs;

import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yard priority}. Give a waiting job another priority, 0 to 9999, higher first. */
@Command(name = "priority", description = {"Give a waiting job another priority, 0 to 9999, higher first.",
        "It keeps the time it has waited."}, footerHeading = "%nExamples:%n", footer = {
                "  yard priority sort-million-20261121-101501-m7aa 9000",
                "  yard priority sort-million-20261121-101501-m7aa 10 --reason tonight"})
public final class PriorityCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Parameters(index = "0", paramLabel = "JOB", description = "The job's id.")
    private String jobId = "";

    @Parameters(index = "1", paramLabel = "N", description = "The priority, 0 to 9999.")
    private int priority;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, kept in the job's history.")
    private @Nullable String reason;

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public PriorityCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        JobApiClient api = Services.jobApi(services.target(around.environment()));
        return SteerCall.each(around, json, List.of(jobId), id -> api.prioritise(id, priority, reason),
                job -> "priority " + job.priority() + ", " + job.state());
    }
}
