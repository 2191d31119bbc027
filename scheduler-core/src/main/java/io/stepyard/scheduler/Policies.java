package io.stepyard.scheduler;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** The scheduling policies by the names that configuration uses. */
public final class Policies {

    /** The source rule: strict priority order, allocate while it fits. */
    public static final String SOURCE = "source";

    /** Distinct demands explained cluster by cluster, unless configured otherwise. */
    public static final int DEFAULT_REASON_DEPTH = 1_000;

    private static final Map<String, IntFunction<Pass>> BY_NAME = new TreeMap<>(
            Map.of(SOURCE, depth -> new SourceRulePass(ClusterChoice.bestFit(), depth)));

    private Policies() {}

    /** @throws IllegalArgumentException when no policy has that name; the message lists those there are */
    public static Pass named(String name) {
        return named(name, DEFAULT_REASON_DEPTH);
    }

    /**
     * @param reasonDepth distinct demands that are explained cluster by cluster, 1 or more; jobs behind them get one
     *        sentence each, so that a pass over a long queue stays short
     * @throws IllegalArgumentException when no policy has that name or the depth is below 1
     */
    public static Pass named(String name, int reasonDepth) {
        IntFunction<Pass> policy = BY_NAME.get(name);
        if (policy == null) {
            throw new IllegalArgumentException(
                    "Expected a policy out of " + BY_NAME.keySet() + ", but found '" + name + "'");
        }
        if (reasonDepth < 1) {
            throw new IllegalArgumentException("Expected a reason depth of 1 or more, but found " + reasonDepth);
        }
        return policy.apply(reasonDepth);
    }
}
