package io.stepyard.cli.start;

import io.stepyard.cli.service.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code yard local}: documented here, started by the script in a JVM of its own. */
@Command(name = "local", description = {
        "Run everything on this machine, in the foreground: store, Step Functions API, scheduler, "
                + "job API and two clusters. Ctrl-C stops all of it; the state stays and is picked up again."}, footerHeading = "%nExamples:%n", footer = {
                        "  yard local",
                        "  yard local & aws stepfunctions list-executions --endpoint-url http://127.0.0.1:8083 ..."})
public final class LocalCommand implements Callable<Integer> {

    private final Surroundings around;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Unmatched
    private List<String> rest = new ArrayList<>();

    public LocalCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>(List.of("local"));
        arguments.addAll(rest);
        return Launcher.run(around, arguments);
    }
}
