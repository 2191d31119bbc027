package io.stepyard.simulator;

import io.stepyard.scheduler.ClusterSnapshot;
import io.stepyard.scheduler.Orders;
import io.stepyard.scheduler.PassTerms;
import io.stepyard.scheduler.Policies;
import io.stepyard.simulator.Prediction.Corrector;
import io.stepyard.simulator.Prediction.Predictor;
import io.stepyard.simulator.SimulationSetup.Mode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Does what {@code yard simulate} asks: reads, simulates each policy, prints one table, writes plots and decisions. */
public final class SimulateCommandRunner {

    private static final int NAMED_JOBS = 5;

    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param out for the tables
     * @param err for progress and for what was left out
     */
    public SimulateCommandRunner(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * @return one result for each policy, in the order asked; empty in sequence mode
     * @throws InputFault when a trace, a cluster file, a policy or a mode cannot be read; the message is for the user
     * @throws IOException when a file cannot be read or written
     */
    public List<PolicyResult> run(SimulateRequest request) throws IOException {
        if (request.mode().equals("sequence")) {
            sequences(request);
            return List.of();
        }
        Trace trace = trace(request);
        List<ClusterSnapshot> clusters = request.clusters() == null
                ? Clusters.ofLog(trace)
                : ClusterFile.read(request.clusters());
        report(trace);
        List<SimulationSetup> setups = request.policies().stream()
                .map(policy -> setup(request, policy, clusters)).toList();
        List<PolicyResult> results = new ArrayList<>();
        for (SimulationSetup setup : setups) {
            results.add(simulate(request, trace, setup));
        }
        out.print(ComparisonTable.of(results));
        out.println();
        out.print(ComparisonTable.tenants(results));
        unstarted(results.getFirst());
        if (request.output() != null) {
            for (Path file : Plots.write(request.output(), results, Clusters.cores(clusters))) {
                out.println("wrote " + file);
            }
        }
        return results;
    }

    private static Trace trace(SimulateRequest request) throws IOException {
        Path file = request.trace();
        if (file == null) {
            WorkloadGenerator generator = request.generator();
            if (generator == null) {
                throw new InputFault("expected a trace or a workload to generate, but found neither");
            }
            return generator.generate();
        }
        if (!Files.isRegularFile(file)) {
            throw new InputFault(file + ": expected a file, but found none");
        }
        return Trace.of(file);
    }

    private static SimulationSetup setup(SimulateRequest request, String policy, List<ClusterSnapshot> clusters) {
        try {
            return new SimulationSetup(Policies.policy(policy), clusters, mode(request.mode()),
                    new Prediction(word(Predictor.class, request.prediction()),
                            word(Corrector.class, request.correction())),
                    PassTerms.NONE);
        } catch (IllegalArgumentException unknown) {
            InputFault fault = new InputFault(String.valueOf(unknown.getMessage()));
            fault.initCause(unknown);
            throw fault;
        }
    }

    private static Mode mode(String text) {
        return word(Mode.class, text);
    }

    private static <E extends Enum<E>> E word(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                return constant;
            }
        }
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            words.add(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        throw new InputFault("expected one of " + words + ", but found '" + text + "'");
    }

    private PolicyResult simulate(SimulateRequest request, Trace trace, SimulationSetup setup) throws IOException {
        InversionCounter inversions = new InversionCounter();
        List<SimulationObserver> observers = new ArrayList<>(List.of(inversions));
        Progress progress = new Progress(err, setup.policy().name(), trace.jobs().size());
        if (request.progress()) {
            observers.add(progress);
        }
        Outcome outcome;
        if (request.output() == null) {
            outcome = Simulation.run(trace, setup, SimulationObserver.all(observers));
        } else {
            Files.createDirectories(request.output());
            Path file = request.output().resolve("decisions-" + (request.policies().indexOf(setup.policy().name()) + 1)
                    + ".jsonl");
            try (DecisionLog log = new DecisionLog(Files.newBufferedWriter(file), trace, setup.policy().name())) {
                observers.add(log);
                outcome = Simulation.run(trace, setup, SimulationObserver.all(observers));
            }
            out.println("wrote " + file);
        }
        if (request.progress()) {
            progress.done();
        }
        return new PolicyResult(setup.policy().name(), outcome,
                Metrics.of(outcome, Clusters.cores(setup.clusters())), inversions.inversions());
    }

    private void report(Trace trace) {
        out.println(trace.name() + ": " + trace.jobs().size() + " jobs");
        for (Map.Entry<String, List<Long>> group : trace.dropped().entrySet()) {
            List<Long> numbers = group.getValue();
            err.println("left out " + numbers.size() + ", each " + group.getKey() + ": "
                    + numbers.subList(0, Math.min(NAMED_JOBS, numbers.size()))
                    + (numbers.size() > NAMED_JOBS ? " and more" : ""));
        }
    }

    private void unstarted(PolicyResult result) {
        Outcome outcome = result.outcome();
        List<Long> numbers = new ArrayList<>();
        for (int index = 0; index < outcome.trace().jobs().size() && numbers.size() < NAMED_JOBS; index++) {
            if (!outcome.started(index)) {
                numbers.add(outcome.trace().jobs().get(index).number());
            }
        }
        if (!numbers.isEmpty()) {
            err.println(
                    result.metrics().unstarted() + " jobs ask for more than any cluster they may use has, and never "
                            + "started: " + numbers + (result.metrics().unstarted() > NAMED_JOBS ? " and more" : ""));
        }
    }

    private void sequences(SimulateRequest request) throws IOException {
        Path file = request.trace();
        if (file == null) {
            throw new InputFault("expected a trace in sequence mode, but found none");
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ORDER", "BACKFILL", "SLOWDOWN", "MEAN WAIT s", "UTILISATION"));
        for (String order : request.policies()) {
            for (boolean backfill : new boolean[]{false, true}) {
                SequenceMode.Result result;
                try {
                    result = SequenceMode.run(file, Orders.named(order), order.equals("sjf"), backfill,
                            SequenceMode.PUBLISHED_STARTS);
                } catch (IllegalArgumentException unknown) {
                    InputFault fault = new InputFault(String.valueOf(unknown.getMessage()));
                    fault.initCause(unknown);
                    throw fault;
                }
                rows.add(List.of(order, backfill ? "yes" : "no",
                        String.format(Locale.ROOT, "%.2f", result.boundedSlowdown()),
                        String.format(Locale.ROOT, "%.0f", result.waitSeconds()),
                        String.format(Locale.ROOT, "%.3f", result.utilisation())));
            }
        }
        out.print(ComparisonTable.print(rows));
    }
}
