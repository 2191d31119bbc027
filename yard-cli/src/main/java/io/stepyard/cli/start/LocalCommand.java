package io.stepyard.cli.start;

import io.stepyard.cli.service.Surroundings;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yard local}: its help is here; the program itself is started by the script, in a JVM of its own, and reads its own options. */
@Command(name = "local", description = {
        "Run everything on this machine, in the foreground: store, Step Functions API, scheduler, "
                + "job API and two clusters, zurich and geneva. Ctrl-C stops all of it; the state stays and is picked up again."}, footerHeading = "%nExamples:%n", footer = {
                        "  yard local", "  yard local --state-dir /tmp/yard --api-port 0 --step-functions-port 0"})
@SuppressWarnings("UnusedVariable") // the options are here for the help; what was written is handed on as it is
public final class LocalCommand implements Callable<Integer> {

    private final Surroundings around;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "What outlives the process (default: .stepyard).")
    private @Nullable String stateDir;

    @Option(names = "--api-port", paramLabel = "PORT", description = "Job API, 0 for a free one (default: 8084).")
    private @Nullable String apiPort;

    @Option(names = "--step-functions-port", paramLabel = "PORT", description = "Step Functions API, 0 for a free one (default: 8083).")
    private @Nullable String stepFunctionsPort;

    @Option(names = "--clusters", paramLabel = "FILE", description = "JSON array of clusters: name, cpu, memory, port, labels.")
    private @Nullable String clusters;

    @Option(names = "--tick", paramLabel = "TIME", description = "Longest pause between two scheduling passes (default: 1s).")
    private @Nullable String tick;

    @Option(names = "--poll-seconds", paramLabel = "N", description = "Shortest pause between two looks of an execution at its job (default: 1).")
    private @Nullable String pollSeconds;

    @Option(names = "--policy", paramLabel = "NAME", description = "Scheduling policy (default: default, which is EASY backfill with priority, aging and fair share).")
    private @Nullable String policy;

    @Option(names = "--prediction", paramLabel = "NAME", description = "What expected starts go by: last-two (default), the mean of the last two similar jobs, or limit.")
    private @Nullable String prediction;

    @Option(names = "--tenants", paramLabel = "FILE", description = "JSON of weights and quotas by tenant; without it those that were set last stay.")
    private @Nullable String tenants;

    @Option(names = "--settings", paramLabel = "FILE", description = "JSON object of further settings: docs/yard.md lists them.")
    private @Nullable String settings;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    public LocalCommand(Surroundings around) {
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
