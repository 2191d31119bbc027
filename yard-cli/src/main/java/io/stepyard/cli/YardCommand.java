package io.stepyard.cli;

import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.Surroundings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yard} itself: without a subcommand it shows its help. */
@Command(name = "yard", description = {"Runs big-data jobs on the clusters you already own.",
        "Jobs are submitted as executions of a Step Functions state machine, on this machine or on AWS."}, footerHeading = "%nExamples:%n", footer = {
                "  yard demo                                see the whole of it in a minute",
                "  yard local                               run everything on this machine",
                "  yard submit examples/word-count.json --wait",
                "  yard queue -i 2                          what runs, what waits, and why",
                "  yard queue --start                       when what waits would start",
                "  yard explain JOB                         every reason, what would change it, rank and start",
                "  yard queue --api https://jobs.example.org --json", "",
                "Options that every command has: --endpoint, --region, --profile, --api, --state-machine, --help.",
                "Without them the local runtime is meant; --profile or --region alone mean AWS."})
final class YardCommand implements Callable<Integer> {

    static final String VERSION = "yard 0.1.0";

    private final Surroundings around;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean version;

    YardCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(around.err());
        }
        return ExitCode.USAGE;
    }
}
