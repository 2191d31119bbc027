package io.stepyard.cli.start;

import io.stepyard.cli.service.Surroundings;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code yard conformance}: its help is here; the engine's own program does the work, started by the script in a JVM of its own. */
@Command(name = "conformance", description = "Replay recorded answers of AWS Step Functions and say where the local engine differs.", footerHeading = "%nExamples:%n", footer = {
        "  yard conformance asl-scenarios.json",
        "  yard conformance asl-scenarios.json --category retry --list"})
@SuppressWarnings("UnusedVariable") // the options are here for the help; what was written is handed on as it is
public final class ConformanceCommand implements Callable<Integer> {

    private final Surroundings around;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Recorded scenarios.")
    private @Nullable String file;

    @Option(names = "--category", paramLabel = "C", description = "Only scenarios of this category.")
    private @Nullable String category;

    @Option(names = "--list", description = "Name every difference.")
    private boolean list;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    public ConformanceCommand(Surroundings around) {
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
