package io.stepyard.scheduler;

import io.stepyard.scheduler.Policy.Reserving;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The scheduling policies by the names that configuration uses: one of the names below, alone or followed by choices, as
 * in {@code easy:order=aged+fair+lxf,backfill=sjf,clusters=balance}.
 *
 * <p>An order is a base ({@code fcfs}, {@code sjf}, {@code lxf}, ...) with any of {@code aged}, {@code priority} and
 * {@code fair} before it; {@code aged(36h)} sets after how long a job comes first.
 */
public final class Policies {

    /** The source rule: highest priority first, allocate while it fits, what does not fit blocks nobody. */
    public static final String SOURCE = "source";
    /** What configuration gets when it names nothing. */
    public static final String DEFAULT = "default";

    /** Distinct kinds of jobs explained cluster by cluster, unless configured otherwise. */
    public static final int DEFAULT_REASON_DEPTH = 1_000;
    /** Waiting jobs that conservative backfill plans in one pass. */
    public static final int DEFAULT_DEPTH = 1_000;
    /** After this time in the queue a job comes before all that have waited less. */
    public static final Duration DEFAULT_AGE = Duration.ofDays(4);
    /** How much less a tenant counts at its due: 1 + this. */
    public static final double DEFAULT_FAIRNESS = 1;

    private static final Map<String, String> BASES = new TreeMap<>(Map.of(SOURCE, "greedy:order=source", "strict",
            "strict:order=source", "best-effort", "greedy:order=aged+priority+fair+lxf", "easy",
            "easy:order=priority+fcfs", "conservative", "conservative:order=priority+fcfs", DEFAULT,
            "easy:order=aged+priority+fair+lxf"));

    private Policies() {}

    /** @throws IllegalArgumentException when the text is no policy; the message says what is expected */
    public static Pass named(String text) {
        return named(text, DEFAULT_REASON_DEPTH);
    }

    /**
     * @param reasonDepth distinct kinds of jobs that are explained cluster by cluster, 1 or more; jobs behind them get
     *        one sentence each, so that a pass over a long queue stays short
     * @throws IllegalArgumentException when the text is no policy or the depth is below 1
     */
    public static Pass named(String text, int reasonDepth) {
        if (reasonDepth < 1) {
            throw new IllegalArgumentException("Expected a reason depth of 1 or more, but found " + reasonDepth);
        }
        return new QueuePass(policy(text), reasonDepth);
    }

    /** @throws IllegalArgumentException when the text is no policy; the message says what is expected */
    public static Policy policy(String text) {
        int colon = text.indexOf(':');
        String base = BASES.get(colon < 0 ? text : text.substring(0, colon));
        if (base == null) {
            throw new IllegalArgumentException("Expected a policy out of " + BASES.keySet()
                    + ", with choices after a colon or without, but found '" + text + "'");
        }
        int split = base.indexOf(':');
        Map<String, String> choices = choices(base.substring(split + 1));
        choices.putAll(choices(colon < 0 ? "" : text.substring(colon + 1)));
        String backfill = choices.remove("backfill");
        String clusters = choices.remove("clusters");
        String depth = choices.remove("depth");
        String order = choices.remove("order");
        if (!choices.isEmpty() || order == null) {
            throw new IllegalArgumentException("Expected the choices order, backfill, clusters and depth, but found "
                    + choices.keySet() + " in '" + text + "'");
        }
        return new Policy(text, reserving(base.substring(0, split)), OrderParser.parse(order),
                backfill == null ? null : OrderParser.parse(backfill),
                clusters == null ? ClusterChoice.BEST_FIT : ClusterChoice.named(clusters),
                depth == null ? DEFAULT_DEPTH : Integer.parseInt(depth));
    }

    private static Reserving reserving(String word) {
        return switch (word) {
            case "strict" -> Reserving.STRICT;
            case "greedy" -> Reserving.GREEDY;
            case "easy" -> Reserving.EASY;
            default -> Reserving.CONSERVATIVE;
        };
    }

    private static Map<String, String> choices(String text) {
        Map<String, String> choices = new TreeMap<>();
        Arrays.stream(text.split(",")).filter(part -> !part.isBlank()).forEach(part -> {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("Expected choices of the form order=lxf, but found '" + part + "'");
            }
            choices.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
        });
        return choices;
    }
}
