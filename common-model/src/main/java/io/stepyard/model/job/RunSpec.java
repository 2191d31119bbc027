package io.stepyard.model.job;

import io.stepyard.model.resource.Resources;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a job runs: a closed set of kinds, each with its own part of the job's JSON Schema. {@link ClusterKind} says where each can run. */
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

    /**
     * The text of a program for {@code /bin/sh}.
     *
     * @param workingDirectory absolute path on the cluster, or null for the cluster's own choice
     */
    record Script(String script, @Nullable String workingDirectory) implements RunSpec {

        public static final String KIND = "script";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * A Spark application, submitted in cluster mode.
     *
     * @param application jar or Python file, as an address that the cluster's workers can read
     * @param mainClass main class of a jar; null for a Python file
     * @param conf further Spark properties; those that say the sizes below are not allowed among them
     * @param executors how many executors
     */
    record Spark(String application, @Nullable String mainClass, List<String> arguments, Map<String, String> conf,
            Size driver, Size executor, int executors) implements RunSpec {

        public static final String KIND = "spark";

        /**
         * Size of a driver or of an executor.
         *
         * @param cores whole cores; Spark knows no others
         */
        public record Size(int cores, long memoryMib) {
            Resources resources() {
                return Resources.ofCores(cores, memoryMib);
            }
        }

        public Spark {
            arguments = List.copyOf(arguments);
            conf = Collections.unmodifiableSortedMap(new TreeMap<>(conf));
        }

        /** The driver and all executors together. */
        public Resources total() {
            Resources sum = driver.resources();
            for (int i = 0; i < executors; i++) {
                sum = sum.plus(executor.resources());
            }
            return sum;
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * A SLURM batch script.
     *
     * @param script its text; the first line names the interpreter
     * @param partition null for the cluster's default; so are account and qos
     * @param workingDirectory absolute path on the cluster, or null for the cluster's own choice
     */
    record Slurm(String script, @Nullable String partition, @Nullable String account, @Nullable String qos,
            @Nullable String workingDirectory) implements RunSpec {

        public static final String KIND = "slurm";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * A YARN application that brings its own application master.
     *
     * @param command starts the application master, through a shell on its node
     * @param queue null for the cluster's default
     * @param applicationType shown by YARN; null for {@code YARN}
     */
    record Yarn(String command, @Nullable String queue, @Nullable String applicationType) implements RunSpec {

        public static final String KIND = "yarn";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * A Kubernetes Job of one pod.
     *
     * @param command what the container starts; empty for the image's own entry point
     * @param namespace null for the cluster's default
     */
    record Kubernetes(String image, List<String> command, List<String> arguments, @Nullable String namespace)
            implements
                RunSpec {

        public static final String KIND = "kubernetes";

        public Kubernetes {
            command = List.copyOf(command);
            arguments = List.copyOf(arguments);
        }

        @Override
        public String kind() {
            return KIND;
        }
    }
}
