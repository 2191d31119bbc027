package io.stepyard.cli.clusters;

import io.stepyard.cli.jobs.ClustersCommand;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yard clusters list}: the same as {@code yard clusters}. */
@Command(name = "list", description = "Show all clusters: capacity, what is reserved, what is used, health.", footerHeading = "%nExamples:%n", footer = {
        "  yard clusters list"})
public final class ListClusters implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public ListClusters(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        return ClustersCommand.list(around, services, json);
    }
}
