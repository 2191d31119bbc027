package io.stepyard.clusters.slurm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The versions of slurmrestd's data parser that the adapter speaks. Up to v0.0.38 numbers and states are plain; from v0.0.39 on numbers
 * are objects that say whether they are set, states are lists, and an environment is a list of assignments.
 */
enum SlurmVersion {

    V38("v0.0.38"), V39("v0.0.39"), V40("v0.0.40"), V41("v0.0.41"), V42("v0.0.42");

    private final String text;

    SlurmVersion(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    String path(String rest) {
        return "/slurm/" + text + rest;
    }

    boolean isPlain() {
        return this == V38;
    }

    static Optional<SlurmVersion> of(String text) {
        return Arrays.stream(values()).filter(version -> version.text.equals(text)).findFirst();
    }

    static List<SlurmVersion> newestFirst() {
        return Arrays.asList(values()).reversed();
    }
}
