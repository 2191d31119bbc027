package io.stepyard.cli.api;

/** One fault of a job JSON: where (JSON pointer), what was found there, what is expected. */
public record FaultView(String pointer, String found, String expected) {}
