package io.stepyard.cli.clusters;

import io.stepyard.cli.api.ClusterView;
import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yard clusters resume}. Open a cluster again and forget its maintenance windows. Asking twice is asking once. */
@Command(name = "resume", description = {
        "Open a cluster again and forget its maintenance windows. Asking twice is asking once."}, footerHeading = "%nExamples:%n", footer = {
                "  yard clusters resume zurich"})
public final class ResumeCluster implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Parameters(paramLabel = "CLUSTER", description = "The cluster's name.")
    private String name = "";

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public ResumeCluster(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        JobApiClient api = Services.jobApi(services.target(around.environment()));
        ClusterView cluster = api.resume(name);
        return ClusterText.print(around, json, cluster);
    }
}
