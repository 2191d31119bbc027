package io.stepyard.simulator;

/**
 * What one policy made of a trace.
 *
 * @param inversions placements made while a job of higher priority, which would have fitted there, was left waiting
 */
public record PolicyResult(String policy, Outcome outcome, Metrics metrics, long inversions) {}
