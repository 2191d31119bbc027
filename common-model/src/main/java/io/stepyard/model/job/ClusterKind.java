package io.stepyard.model.job;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of clusters, and what each can run. */
public enum ClusterKind {

    /** Any cluster behind the HTTP API of {@code yard cluster}. */
    HTTP("http"),
    /** SLURM through slurmrestd. */
    SLURM("slurm"),
    /** Spark standalone through its REST submission server. */
    SPARK("spark"),
    /** Spark through Livy batches. */
    LIVY("livy"),
    /** YARN through the ResourceManager's REST API. */
    YARN("yarn"),
    /** Kubernetes Jobs. */
    KUBERNETES("kubernetes");

    private final String text;

    ClusterKind(String text) {
        this.text = text;
    }

    /** As a registration says it. */
    public String text() {
        return text;
    }

    /** The kinds of runs it takes. */
    public Set<String> runs() {
        return switch (this) {
            case HTTP -> Set.of(RunSpec.Command.KIND, RunSpec.Script.KIND);
            case SLURM -> Set.of(RunSpec.Command.KIND, RunSpec.Script.KIND, RunSpec.Slurm.KIND);
            case SPARK, LIVY -> Set.of(RunSpec.Spark.KIND);
            case YARN -> Set.of(RunSpec.Command.KIND, RunSpec.Script.KIND, RunSpec.Yarn.KIND);
            case KUBERNETES -> Set.of(RunSpec.Kubernetes.KIND);
        };
    }

    public static Optional<ClusterKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    /** Whether a cluster of this kind could run it. A kind that is not in this table is judged by its adapter alone. */
    public static boolean runs(String clusterKind, RunSpec run) {
        return of(clusterKind).map(kind -> kind.runs().contains(run.kind())).orElse(true);
    }

    /** All kinds, for messages. */
    public static String all() {
        return Arrays.stream(values()).map(ClusterKind::text).collect(Collectors.joining(", "));
    }
}
