package io.stepyard.cli.start;

import io.stepyard.cli.service.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code yard cluster}: documented here, started by the script in a JVM of its own. */
@Command(name = "cluster", description = "Run one local cluster in the foreground: jobs are processes of this machine.", footerHeading = "%nExamples:%n", footer = {
        "  yard cluster --name zurich --cpu 4 --memory 8GiB --port 8091",
        "  yard cluster --name basel --cpu 2 --memory 4GiB --label zone=eu"})
public final class ClusterCommand implements Callable<Integer> {

    private final Surroundings around;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Unmatched
    private List<String> rest = new ArrayList<>();

    public ClusterCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>(List.of("cluster"));
        arguments.addAll(rest);
        return Launcher.run(around, arguments);
    }
}
