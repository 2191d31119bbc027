package io.stepyard.clusters.slurm;

import io.stepyard.core.cluster.Submission;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.job.RunSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How an attempt is told to SLURM. Pure. */
final class SlurmJobText {

    /** Marks our jobs among all others; the rest of the comment is the key. */
    static final String MARK = "stepyard:";

    private static final int MAX_NAME = 64;
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

    private SlurmJobText() {}

    static String comment(String key) {
        return MARK + key;
    }

    /** The body of {@code job/submit}. */
    static Map<String, Object> body(Submission submission, SlurmOptions options, SlurmVersion version) {
        JobSpec spec = submission.spec();
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("name", clipped(submission.jobId()));
        job.put("comment", comment(submission.key()));
        job.put("tasks", 1);
        // SLURM counts whole processors, whole MiB and whole minutes: never less than was asked for.
        job.put("cpus_per_task", roundUp(spec.resources().cpuMillicores(), 1000));
        job.put("memory_per_node", number(spec.resources().memoryMib(), version));
        job.put("time_limit", number(roundUp(spec.timeLimit().toSeconds(), 60), version));
        job.put("nodes", version.isPlain() ? (Object) 1 : "1");
        job.put("environment", environment(spec.environment(), version));
        options.outputDirectory().ifPresent(directory -> {
            job.put("standard_output", directory + "/" + fileName(submission.key(), "out"));
            job.put("standard_error", directory + "/" + fileName(submission.key(), "err"));
        });
        put(job, "current_working_directory", directory(spec.run(), options));
        put(job, "partition", said(spec.run() instanceof RunSpec.Slurm it ? it.partition() : null,
                options.partition().orElse(null)));
        put(job, "account", said(spec.run() instanceof RunSpec.Slurm it ? it.account() : null,
                options.account().orElse(null)));
        put(job, "qos", spec.run() instanceof RunSpec.Slurm it ? it.qos() : null);
        String script = script(spec.run());
        // The newest parser has the script within the job; the older ones beside it, and they take it there too.
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("script", script);
        body.put("job", job);
        return body;
    }

    private static @Nullable String directory(RunSpec run, SlurmOptions options) {
        String asked = switch (run) {
            case RunSpec.Command it -> it.workingDirectory();
            case RunSpec.Script it -> it.workingDirectory();
            case RunSpec.Slurm it -> it.workingDirectory();
            case RunSpec.Spark _,RunSpec.Yarn _,RunSpec.Kubernetes _ -> null;
        };
        return said(asked, options.outputDirectory().orElse("/tmp"));
    }

    private static @Nullable String said(@Nullable String byJob, @Nullable String byCluster) {
        return byJob == null ? byCluster : byJob;
    }

    private static void put(Map<String, Object> job, String field, @Nullable String value) {
        if (value != null) {
            job.put(field, value);
        }
    }

    static String script(RunSpec run) {
        return switch (run) {
            case RunSpec.Command it -> "#!/bin/sh\nexec "
                    + it.command().stream().map(SlurmJobText::quoted).collect(Collectors.joining(" ")) + "\n";
            case RunSpec.Script it -> it.script().startsWith("#!") ? it.script() : "#!/bin/sh\n" + it.script() + "\n";
            case RunSpec.Slurm it -> it.script();
            case RunSpec.Spark _,RunSpec.Yarn _,RunSpec.Kubernetes _ ->
                throw new IllegalArgumentException("Expected a run that SLURM takes, but found " + run.kind());
        };
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** An environment is compulsory: without one slurmrestd refuses the job. */
    private static Object environment(Map<String, String> asked, SlurmVersion version) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("PATH", PATH);
        all.putAll(asked);
        if (version.isPlain()) {
            return all;
        }
        List<String> assignments = new ArrayList<>();
        all.forEach((name, value) -> assignments.add(name + "=" + value));
        return assignments;
    }

    private static Object number(long value, SlurmVersion version) {
        return version.isPlain() ? (Object) value : Map.of("set", true, "number", value);
    }

    private static long roundUp(long amount, long unit) {
        return Math.max(1, Math.ceilDiv(amount, unit));
    }

    private static String clipped(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }

    /** A name that SLURM leaves as it is (it expands per cent signs) and that tells any two keys apart. */
    static String fileName(String key, String ending) {
        StringBuilder name = new StringBuilder("stepyard-");
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '.')) {
                name.append(c);
            } else {
                name.append('_').append("%02x".formatted(b & 0xff));
            }
        }
        return name.append('.').append(ending).toString();
    }
}
