package io.stepyard.cli.start;

import io.stepyard.cli.service.Surroundings;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yard cluster}: its help is here; the program itself is started by the script, in a JVM of its own, and reads its own options. */
@Command(name = "cluster", description = "Run one local cluster in the foreground: jobs are processes of this machine.", footerHeading = "%nExamples:%n", footer = {
        "  yard cluster --name zurich --cpu 4 --memory 8GiB --port 8091",
        "  yard cluster --name basel --cpu 2 --memory 4GiB --label zone=eu"})
@SuppressWarnings("UnusedVariable") // the options are here for the help; what was written is handed on as it is
public final class ClusterCommand implements Callable<Integer> {

    private final Surroundings around;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--name", paramLabel = "NAME", description = "The cluster's name.")
    private @Nullable String name;

    @Option(names = "--cpu", paramLabel = "CORES", description = "Cores it may hand out.")
    private @Nullable String cpu;

    @Option(names = "--memory", paramLabel = "SIZE", description = "Memory it may hand out: 8GiB.")
    private @Nullable String memory;

    @Option(names = "--port", paramLabel = "PORT", description = "Where it listens, on the loopback (default: 8091).")
    private @Nullable String port;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "A label; may be repeated.")
    private @Nullable List<String> label;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "Where it keeps its jobs' results (default: .stepyard/clusters/NAME).")
    private @Nullable String stateDir;

    @Option(names = "--retention", paramLabel = "N", description = "How many ended jobs it keeps.")
    private @Nullable String retention;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    public ClusterCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        List<String> arguments = spec == null
                ? List.of()
                : spec.root().commandLine().getParseResult().originalArgs();
        return Launcher.run(around, arguments);
    }
}
