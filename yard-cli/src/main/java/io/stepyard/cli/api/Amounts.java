package io.stepyard.cli.api;

/** Cpu in millicores and memory in MiB: a capacity, a reservation or a live use. */
public record Amounts(int cpuMillicores, long memoryMib) {}
