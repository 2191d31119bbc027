package io.stepyard.model.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a job runs: a closed set of kinds, each with its own part of the job's JSON Schema. */
public sealed interface RunSpec {

    /** The value of {@code run.kind} in the job JSON. */
    String kind();

    /**
     * A program with its arguments, started without a shell.
     *
     * @param command program and arguments, at least one
     * @param workingDirectory absolute path on the cluster, or null for the cluster's own choice
     */
    record Command(List<String> command, @Nullable String workingDirectory) implements RunSpec {

        public static final String KIND = "command";

        public Command {
            command = List.copyOf(command);
            if (command.isEmpty()) {
                throw new IllegalArgumentException("Expected a command of at least one word, but found none");
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }
}
