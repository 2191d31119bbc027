package io.stepyard.cli.clusters;

import io.stepyard.cli.api.ClusterView;
import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yard clusters add}. Register a cluster that runs already. The same again changes nothing. */
@Command(name = "add", description = {
        "Register a cluster that runs already. The same again changes nothing."}, footerHeading = "%nExamples:%n", footer = {
                "  yard clusters add basel --url http://10.0.0.5:8091 --label zone=eu",
                "  yard clusters add hpc --kind slurm --url http://login:6820 --option partition=long"})
public final class AddCluster implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Parameters(paramLabel = "CLUSTER", description = "The cluster's name.")
    private String name = "";

    @Option(names = "--url", required = true, paramLabel = "URL", description = "Where its API answers.")
    private String url = "";

    @Option(names = "--kind", paramLabel = "KIND", description = "Which adapter speaks to it (default: ${DEFAULT-VALUE}).")
    private String kind = "http";

    @Option(names = "--label", paramLabel = "NAME=VALUE", description = "A label that jobs can ask for; may be given again.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--option", paramLabel = "NAME=VALUE", description = "What the kind of adapter wants to know; may be given again.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public AddCluster(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        JobApiClient api = Services.jobApi(services.target(around.environment()));
        Map<String, Object> registration = new LinkedHashMap<>();
        registration.put("name", name);
        registration.put("kind", kind);
        registration.put("endpoint", url);
        registration.put("labels", labels);
        registration.put("options", options);
        ClusterView cluster = api.addCluster(registration);
        return ClusterText.print(around, json, cluster);
    }
}
