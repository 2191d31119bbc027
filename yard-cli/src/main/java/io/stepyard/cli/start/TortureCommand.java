package io.stepyard.cli.start;

import io.stepyard.cli.service.Surroundings;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yard torture}: its help is here; the simulator's own program does the work, started by the script in a JVM of its own. */
@Command(name = "torture", description = "Run faulty worlds, one for each seed, and say which promises were broken in them. "
        + "Ends with 1 when one was broken, with 3 when none was but some kind of fault has struck nowhere.", footerHeading = "%nExamples:%n", footer = {
                "  yard torture --seeds 1..2000", "  yard torture --replay 17 --about job-3"})
@SuppressWarnings("UnusedVariable") // the options are here for the help; what was written is handed on as it is
public final class TortureCommand implements Callable<Integer> {

    private final Surroundings around;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--seeds", paramLabel = "A..B", description = "Worlds to run, A and B included (1..100).")
    private @Nullable String seeds;

    @Option(names = "--threads", paramLabel = "N", description = "Worlds at a time, each on one thread (one for each processor).")
    private @Nullable Integer threads;

    @Option(names = "--first", description = "Stop at the first broken promise.")
    private boolean first;

    @Option(names = "--json", description = "The report as JSON.")
    private boolean json;

    @Option(names = "--replay", paramLabel = "SEED", description = "Run one world again and print the end of its trace.")
    private @Nullable Long replay;

    @Option(names = "--about", paramLabel = "NAME", description = "Only lines that speak of this job, cluster or process.")
    private @Nullable String about;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    public TortureCommand(Surroundings around) {
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
