package io.stepyard.cli.simulate;

import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.service.YardFailure;
import io.stepyard.simulator.InputFault;
import io.stepyard.simulator.SimulateCommandRunner;
import io.stepyard.simulator.SimulateRequest;
import io.stepyard.simulator.WorkloadGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yard simulate}: the production pass on virtual time over a workload, policy by policy, in one table. */
@Command(name = "simulate", description = "Try scheduling policies on a recorded or generated workload and compare them in one table.", footerHeading = "%nExamples:%n", footer = {
        "  yard simulate --trace KTH-SP2-1996.swf.gz --policy easy,default",
        "  yard simulate --trace log.swf --clusters clusters.json --policy source,easy --plots out",
        "  yard simulate --generate 5000 --seed 7 --load 0.9 --cores 256 --policy source,easy,default"})
public final class SimulateCommand implements Callable<Integer> {

    /** What policies are usually held against. */
    private static final String MEASURE = "easy:order=fcfs";

    private final Surroundings around;

    @Option(names = "--trace", paramLabel = "FILE", description = "A log in the Standard Workload Format (.swf, .swf.gz), or the history of our own jobs (.jsonl).")
    private @Nullable Path trace;

    @Option(names = "--generate", paramLabel = "JOBS", description = "Generate so many jobs instead of reading a trace.")
    private int generate;

    @Option(names = "--seed", paramLabel = "N", description = "Of the generated workload (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--load", paramLabel = "X", description = "Of the generated workload; 1 is as much as can be done (default: ${DEFAULT-VALUE}).")
    private double load = 0.85;

    @Option(names = "--cores", paramLabel = "N", description = "Of the machine that the workload is generated for (default: ${DEFAULT-VALUE}).")
    private long cores = 128;

    @Option(names = "--users", paramLabel = "N", description = "Of the generated workload (default: ${DEFAULT-VALUE}).")
    private int users = 20;

    @Option(names = "--clusters", paramLabel = "FILE", description = "A file of clusters (default: the machine that the log's header states).")
    private @Nullable Path clusters;

    @Option(names = "--policy", paramLabel = "A,B,C", split = ",", description = "Policies to compare (default: ${DEFAULT-VALUE}).")
    private List<String> policies = List.of("source", "easy", "default");

    @Option(names = "--compare", description = "Hold the policies against EASY with first come, first served: adds easy:order=fcfs to them.")
    private boolean compare;

    @Option(names = "--mode", paramLabel = "MODE", description = "per-timestamp, per-event, per-event-that-fits or sequence (default: ${DEFAULT-VALUE}).")
    private String mode = "per-timestamp";

    @Option(names = "--prediction", paramLabel = "P", description = "Of run times: request, exact, double-request or last-two (default: ${DEFAULT-VALUE}).")
    private String prediction = "request";

    @Option(names = "--correction", paramLabel = "C", description = "Of predictions that were too short: request, steps or double (default: ${DEFAULT-VALUE}).")
    private String correction = "request";

    @Option(names = "--plots", paramLabel = "DIR", description = "Write plots (SVG) and decisions (JSON lines) there.")
    private @Nullable Path plots;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    public SimulateCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException {
        try {
            WorkloadGenerator generator = generate == 0
                    ? null
                    : new WorkloadGenerator(seed, generate, load, cores, users);
            PrintStream out = stream(around.out());
            PrintStream err = stream(around.err());
            new SimulateCommandRunner(out, err)
                    .run(new SimulateRequest(here(trace), generator, here(clusters), compared(), mode, prediction,
                            correction,
                            here(plots), around.screen().interactive()));
            out.flush();
            err.flush();
            return ExitCode.OK;
        } catch (InputFault fault) {
            throw new YardFailure(ExitCode.REFUSED, String.valueOf(fault.getMessage()), fault);
        }
    }

    private List<String> compared() {
        if (!compare || policies.contains(MEASURE) || mode.equals("sequence")) {
            return policies;
        }
        List<String> more = new ArrayList<>(policies);
        more.add(MEASURE);
        return more;
    }

    private @Nullable Path here(@Nullable Path path) {
        return path == null ? null : around.directory().resolve(path);
    }

    /** The simulator prints to streams, the command line to writers. Bytes are kept until a flush, so that no letter is cut in two. */
    private static PrintStream stream(PrintWriter writer) {
        return new PrintStream(new ByteArrayOutputStream() {
            @Override
            public void flush() {
                writer.print(toString(StandardCharsets.UTF_8));
                writer.flush();
                reset();
            }
        }, true, StandardCharsets.UTF_8);
    }
}
