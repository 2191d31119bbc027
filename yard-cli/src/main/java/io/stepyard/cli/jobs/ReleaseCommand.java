package io.stepyard.cli.jobs;

import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yard release}. Let held jobs start again. Asking twice is asking once. */
@Command(name = "release", description = {
        "Let held jobs start again. Asking twice is asking once."}, footerHeading = "%nExamples:%n", footer = {
                "  yard release sort-million-20261121-101501-m7aa",
                "  yard release sort-million-20261121-101501-m7aa word-count-1 --json"})
public final class ReleaseCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Parameters(paramLabel = "JOB", arity = "1..*", description = "Ids of the jobs.")
    private List<String> jobIds = List.of();

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public ReleaseCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        JobApiClient api = Services.jobApi(services.target(around.environment()));
        return SteerCall.each(around, json, jobIds, jobId -> api.release(jobId),
                job -> "not held, " + job.state());
    }
}
