package io.stepyard.cli.clusters;

import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yard clusters show}. Show one cluster with its maintenance windows. */
@Command(name = "show", description = {
        "Show one cluster with its maintenance windows."}, footerHeading = "%nExamples:%n", footer = {
                "  yard clusters show zurich",
                "  yard clusters show zurich --json"})
public final class ShowCluster implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Parameters(paramLabel = "CLUSTER", description = "The cluster's name.")
    private String name = "";

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public ShowCluster(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        JobApiClient api = Services.jobApi(services.target(around.environment()));
        return ClusterText.print(around, json, api.cluster(name));
    }
}
