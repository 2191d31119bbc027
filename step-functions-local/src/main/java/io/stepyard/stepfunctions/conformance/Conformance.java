package io.stepyard.stepfunctions.conformance;

import io.stepyard.stepfunctions.language.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Replays a file of recorded scenarios and prints how far this engine agrees with what AWS did, by category, and each
 * difference. Differences that are understood stand, with a reason each, in {@code conformance-exceptions.json} beside this
 * class.
 */
public final class Conformance {
    /** The category of the calls that AWS refused. */
    private static final String API = "api_errors";
    private static final String EXCEPTIONS = "conformance-exceptions.json";

    private final PrintStream out;
    private final Map<String, String> exceptions;
    private final Supplement supplement = Supplement.load();
    private final Map<String, Tally> byCategory = new TreeMap<>();
    private final Map<String, int[]> byOperation = new TreeMap<>();
    private final Tally total = new Tally();
    private int unexplained;

    /** Prints to a stream. */
    public Conformance(PrintStream out) {
        this.out = out;
        this.exceptions = readExceptions();
    }

    /** How many scenarios agreed in an aspect, of how many that record it. */
    private static final class Tally {
        private final Map<Finding.Aspect, int[]> counts = new EnumMap<>(Finding.Aspect.class);
        private int scenarios;

        private void add(Finding.Aspect aspect, boolean agreed) {
            int[] count = counts.computeIfAbsent(aspect, absent -> new int[2]);
            count[0] += agreed ? 1 : 0;
            count[1]++;
        }

        private String line() {
            StringBuilder line = new StringBuilder();
            for (Finding.Aspect aspect : Finding.Aspect.values()) {
                int[] count = counts.getOrDefault(aspect, new int[2]);
                line.append(String.format("%8d /%5d %6s", count[0], count[1],
                        count[1] == 0 ? "-" : String.format("%.1f%%", 100.0 * count[0] / count[1])));
            }
            return line.toString();
        }
    }

    /**
     * Replays a file.
     *
     * @param category
     *            only scenarios of this category, {@value #API} for the refused calls alone, or null for all
     * @param list
     *            whether each scenario is named
     * @return 0 where every difference is explained, otherwise 1
     */
    public int run(Path file, @Nullable String category, boolean list) {
        JsonNode data = read(file);
        for (JsonNode entry : data.path("scenarios")) {
            Scenario scenario = new Scenario(entry);
            if (category == null || scenario.categories().contains(category)) {
                replay(scenario, list);
            }
        }
        if (category == null || category.equals(API)) {
            data.path("api_errors").forEach(entry -> replay(new ApiErrorReplay(entry, supplement), list));
        }
        print();
        return unexplained == 0 ? 0 : 1;
    }

    private void replay(Scenario scenario, boolean list) {
        List<Finding> findings;
        try {
            findings = new ScenarioReplay(scenario, supplement).run();
        } catch (RuntimeException broken) {
            findings = List.of(new Finding(Finding.Aspect.OUTCOME, "the replay failed: " + broken));
        }
        count(scenario, findings);
        report(scenario.id(), findings.stream().map(finding -> finding.aspect() + " " + finding.detail()).toList(),
                list);
    }

    private void replay(ApiErrorReplay refusal, boolean list) {
        String difference;
        try {
            difference = refusal.difference();
        } catch (RuntimeException broken) {
            difference = "the replay failed: " + broken;
        }
        for (String key : List.of(refusal.operation(), "all")) {
            int[] count = byOperation.computeIfAbsent(key, absent -> new int[2]);
            count[0] += difference == null ? 1 : 0;
            count[1]++;
        }
        report(refusal.id(), difference == null ? List.of() : List.of("API " + difference), list);
    }

    private void report(String id, List<String> differences, boolean list) {
        if (list) {
            out.println((differences.isEmpty() ? "ok    " : "DIFF  ") + id);
        }
        String reason = exceptions.get(id);
        unexplained += differences.isEmpty() || reason != null ? 0 : 1;
        differences.forEach(difference -> out.println(
                (reason == null ? "DIFFERS " : "excepted (" + reason + ") ") + id + "\n    " + difference));
    }

    private void count(Scenario scenario, List<Finding> findings) {
        List<Tally> tallies = new ArrayList<>(List.of(total));
        scenario.categories()
                .forEach(category -> tallies.add(byCategory.computeIfAbsent(category, absent -> new Tally())));
        JsonNode expected = scenario.expected();
        for (Tally tally : tallies) {
            tally.scenarios++;
            boolean outcome = findings.stream().noneMatch(f -> f.aspect() == Finding.Aspect.OUTCOME);
            tally.add(Finding.Aspect.OUTCOME, outcome);
            if (expected.hasNonNull("cause")) {
                tally.add(Finding.Aspect.CAUSE,
                        outcome && findings.stream().noneMatch(f -> f.aspect() == Finding.Aspect.CAUSE));
            }
            if (expected.has("history")) {
                tally.add(Finding.Aspect.EVENTS, findings.stream().noneMatch(f -> f.aspect() != Finding.Aspect.CAUSE));
            }
        }
    }

    private void print() {
        out.println();
        out.printf("%-18s %9s %22s %22s %22s%n", "category", "scenarios", "status, output, error", "cause", "events");
        byCategory.forEach((category, tally) -> out.printf("%-18s %9d %s%n", category, tally.scenarios, tally.line()));
        out.printf("%-18s %9d %s%n", "all", total.scenarios, total.line());
        if (!byOperation.isEmpty()) {
            out.printf("%n%-34s %s%n", "refused calls", "name, code and message");
            byOperation.forEach((operation, count) -> out.printf("%-34s %4d /%4d %6.1f%%%n", operation, count[0],
                    count[1], 100.0 * count[0] / count[1]));
        }
        out.printf("%d recordings differ without a reason in %s%n", unexplained, EXCEPTIONS);
    }

    private static JsonNode read(Path file) {
        try {
            return Json.parse(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    private static Map<String, String> readExceptions() {
        Map<String, String> reasons = new LinkedHashMap<>();
        try (InputStream in = Conformance.class.getResourceAsStream(EXCEPTIONS)) {
            if (in != null) {
                Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)).path("exceptions")
                        .forEach(entry -> entry.path("scenarios")
                                .forEach(id -> reasons.put(id.asString(), entry.path("reason").asString())));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + EXCEPTIONS, unreadable);
        }
        return reasons;
    }

    /** {@code Conformance FILE [--category C] [--list]}. */
    public static void main(String[] arguments) {
        String category = null;
        boolean list = false;
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i].equals("--category") && i + 1 < arguments.length) {
                category = arguments[++i];
            }
            list |= arguments[i].equals("--list");
        }
        if (arguments.length == 0 || !Files.isRegularFile(Path.of(arguments[0]))) {
            System.err.println("conformance: expected a file of recorded scenarios, but found "
                    + (arguments.length == 0 ? "none" : arguments[0]));
            System.exit(2);
        }
        System.exit(new Conformance(System.out).run(Path.of(arguments[0]), category, list));
    }
}
