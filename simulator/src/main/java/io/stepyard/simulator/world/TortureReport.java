package io.stepyard.simulator.world;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a set of worlds has shown.
 *
 * @param hits how often each fault class struck in all of them
 * @param struck calls that met a fault, out of {@code calls}
 */
record TortureReport(long from, long to, long worlds, List<Verdict> broken, Tally hits, long calls, long struck,
        long jobs, long runs, long steps, Duration virtual, Duration took, long comparedTwice, long hash) {

    /** Fewer worlds than this are not asked to have met every class of fault. */
    static final int ENOUGH_WORLDS = 40;

    static TortureReport of(long from, long to, List<Verdict> verdicts, Duration took) {
        Tally hits = new Tally();
        long calls = 0;
        long struck = 0;
        long jobs = 0;
        long runs = 0;
        long steps = 0;
        long twice = 0;
        long hash = 17;
        Duration virtual = Duration.ZERO;
        for (Verdict verdict : verdicts) {
            WorldResult result = verdict.result();
            hits.add(result.hits());
            calls += result.calls();
            struck += result.struck();
            jobs += result.jobs();
            runs += result.runs();
            steps += result.steps();
            twice += verdict.checkedTwice() ? 1 : 0;
            hash = hash * 1_000_003 + result.traceHash();
            virtual = virtual.plus(result.virtual());
        }
        List<Verdict> broken = verdicts.stream().filter(verdict -> verdict.failure() != null).toList();
        return new TortureReport(from, to, verdicts.size(), broken, hits, calls, struck, jobs, runs, steps, virtual,
                took, twice, hash);
    }

    /** Classes of faults that have struck nowhere. */
    List<FaultClass> silent() {
        List<FaultClass> silent = new ArrayList<>();
        for (FaultClass fault : FaultClass.values()) {
            if (hits.of(fault) == 0) {
                silent.add(fault);
            }
        }
        return silent;
    }

    /** Whether enough went wrong for the result to say something. */
    boolean counts() {
        return worlds < ENOUGH_WORLDS || silent().isEmpty();
    }

    double speedUp() {
        return (double) virtual.toMillis() / Math.max(1L, took.toMillis());
    }

    void print(PrintStream out) {
        out.printf(Locale.ROOT, "%-32s %14s%n", "fault", "struck");
        for (FaultClass fault : FaultClass.values()) {
            out.printf(Locale.ROOT, "%-32s %,14d  %s%n", fault, hits.of(fault), fault.words());
        }
        out.println();
        out.printf(Locale.ROOT, "worlds %,d (seeds %d..%d), jobs %,d, runs on clusters %,d, rows and events %,d%n",
                worlds, from, to, jobs, runs, steps);
        out.printf(Locale.ROOT, "calls that could meet a fault %,d, met one %,d (%.1f %%)%n", calls, struck,
                100.0 * struck / Math.max(1, calls));
        out.printf(Locale.ROOT, "virtual time %,d days in %.1f s: %,.0f x real time%n", virtual.toDays(),
                took.toMillis() / 1000.0, speedUp());
        out.printf(Locale.ROOT, "run twice with the same trace %,d; trace of all %s%n", comparedTwice,
                Long.toHexString(hash));
        for (Verdict verdict : broken) {
            out.printf(Locale.ROOT, "BROKEN seed %d: %s%n", verdict.seed(),
                    Objects.requireNonNull(verdict.failure()).text());
        }
        if (!counts()) {
            out.println("THIS SET DOES NOT COUNT: some faults have struck nowhere: " + silent());
        }
        out.printf(Locale.ROOT, "%d broken promises%n", broken.size());
    }

    String json() {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode json = mapper.createObjectNode().put("from", from).put("to", to).put("worlds", worlds)
                .put("jobs", jobs).put("runs", runs).put("steps", steps).put("calls", calls).put("struck", struck)
                .put("virtualSeconds", virtual.toSeconds()).put("seconds", took.toMillis() / 1000.0)
                .put("speedUp", Math.round(speedUp())).put("runTwice", comparedTwice)
                .put("trace", Long.toHexString(hash)).put("counts", counts());
        ObjectNode faults = json.putObject("faults");
        for (FaultClass fault : FaultClass.values()) {
            faults.put(fault.name(), hits.of(fault));
        }
        ArrayNode failures = json.putArray("broken");
        for (Verdict verdict : broken) {
            Verdict.Failure failure = Objects.requireNonNull(verdict.failure());
            failures.addObject().put("seed", verdict.seed()).put("promise", failure.promise())
                    .put("subject", failure.subject()).put("text", failure.text())
                    .put("trace", Long.toHexString(verdict.result().traceHash()));
        }
        return mapper.writeValueAsString(json);
    }
}
