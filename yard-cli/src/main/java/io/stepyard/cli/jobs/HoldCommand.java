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

/** {@code yard hold}. Keep waiting jobs from being started until they are released. */
@Command(name = "hold", description = {"Keep waiting jobs from being started until they are released.",
        "Asking twice is asking once."}, footerHeading = "%nExamples:%n", footer = {
                "  yard hold sort-million-20261121-101501-m7aa",
                "  yard hold --reason 'wrong input' $(yard queue --json --state QUEUED | jq -r '.items[].jobId')"})
public final class HoldCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Parameters(paramLabel = "JOB", arity = "1..*", description = "Ids of the jobs.")
    private List<String> jobIds = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, shown as the reason for waiting and kept in the history.")
    private String reason = "asked for with yard hold";

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public HoldCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        JobApiClient api = Services.jobApi(services.target(around.environment()));
        return SteerCall.each(around, json, jobIds, jobId -> api.hold(jobId, reason),
                job -> "held, " + job.state());
    }
}
