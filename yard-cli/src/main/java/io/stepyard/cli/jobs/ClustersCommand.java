package io.stepyard.cli.jobs;

import io.stepyard.cli.api.Amounts;
import io.stepyard.cli.api.ClusterView;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.text.Json;
import io.stepyard.cli.text.Sizes;
import io.stepyard.cli.text.Table;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yard clusters}: the registered clusters, what they have and what is taken. */
@Command(name = "clusters", description = {"Show the clusters: capacity, what is reserved, what is used, health.",
        "A '?' is a measurement that is not there, which does not mean idle."}, footerHeading = "%nExamples:%n", footer = {
                "  yard clusters", "  yard clusters --json | jq '.clusters[] | {name, status}'",
                "  yard clusters add basel --url http://10.0.0.5:8091",
                "  yard clusters drain zurich --at 30m --for 2h --reason disks", "  yard clusters resume zurich",
                "  yard clusters remove basel"})
public final class ClustersCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public ClustersCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        return list(around, services, json);
    }

    /** The table, or JSON. */
    public static int list(Surroundings around, ServiceOptions services, boolean json) {
        List<ClusterView> clusters = Services.jobApi(services.target(around.environment())).clusters();
        if (json) {
            Json.print(around.out(), "clusters", clusters);
            return ExitCode.OK;
        }
        if (clusters.isEmpty()) {
            around.out().println("No cluster is registered.");
            return ExitCode.OK;
        }
        Table table = new Table("NAME", "KIND", "STATUS", ">CPU", ">RESERVED", ">USED", ">MEM", ">RESERVED", ">USED",
                ">JOBS", "LABELS", "DETAIL");
        for (ClusterView cluster : clusters) {
            table.row(cluster.name(), cluster.kind(), cluster.status(), cpu(cluster.capacity()),
                    cpu(cluster.reserved()), cpu(cluster.used()), memory(cluster.capacity()),
                    memory(cluster.reserved()), memory(cluster.used()), Integer.toString(cluster.liveJobs()),
                    labels(cluster), cluster.detail() == null ? "" : cluster.detail());
        }
        table.lines(0).forEach(around.out()::println);
        return ExitCode.OK;
    }

    private static String cpu(@Nullable Amounts amounts) {
        return amounts == null ? "?" : Sizes.cpu(amounts.cpuMillicores());
    }

    private static String memory(@Nullable Amounts amounts) {
        return amounts == null ? "?" : Sizes.memory(amounts.memoryMib());
    }

    private static String labels(ClusterView cluster) {
        return cluster.labels().entrySet().stream().map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }
}
