package io.stepyard.cli.api;

/** Where a waiting job stands in the order of the policy, and the factors behind it. */
public record StandingView(int rank, int waiting, boolean firstByAge, int priority, double score, long waitedSeconds,
        double expansion, double fairShare) {}
