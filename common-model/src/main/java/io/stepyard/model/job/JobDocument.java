package io.stepyard.model.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.stepyard.model.resource.MemorySize;
import io.stepyard.model.resource.Resources;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The job JSON as clients write it, field by field as in {@code job.schema.json}. {@link JobSpec} is the same after validation, with
 * defaults filled in and in the product's own units.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"schemaVersion", "name", "tenant", "priority", "cpu", "memory", "timeLimit", "clusters", "labels",
        "run",
        "environment", "retry", "attributes"})
public record JobDocument(int schemaVersion, String name, @Nullable String tenant, @Nullable Integer priority,
        @Nullable BigDecimal cpu,
        @Nullable String memory, @Nullable String timeLimit, @Nullable List<String> clusters,
        @Nullable Map<String, String> labels, RunDocument run,
        @Nullable Map<String, String> environment, @Nullable Retry retry, @Nullable Map<String, Object> attributes) {

    public static final String SCHEMA_RESOURCE = "/io/stepyard/model/job.schema.json";

    /** {@code retry}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Retry(@Nullable Integer maxAttempts, @Nullable String backoff, @Nullable Double backoffRate,
            @Nullable Set<FailureClass> on) {}

    /** The job in the product's units. The document must have been validated against the schema; what it rules out is a bug here. */
    public JobSpec toSpec() {
        return new JobSpec(name, tenant == null ? JobSpec.DEFAULT_TENANT : tenant,
                priority == null ? JobSpec.DEFAULT_PRIORITY : priority,
                resources(),
                timeLimit == null ? JobSpec.DEFAULT_TIME_LIMIT : DurationText.parse(timeLimit),
                clusters == null ? Set.of() : Set.copyOf(clusters), labels == null ? Map.of() : labels, run.toSpec(),
                environment == null ? Map.of() : environment, retryPolicy(),
                attributes == null ? Map.of() : attributes);
    }

    /** What is asked for; what a Spark application leaves out is the sum of its parts. */
    private Resources resources() {
        Resources parts = run.toSpec() instanceof RunSpec.Spark spark ? spark.total() : Resources.NONE;
        return new Resources(cpu == null ? parts.cpuMillicores() : cpu.movePointRight(3).longValueExact(),
                memory == null
                        ? parts.memoryMib()
                        : MemorySize.parseMib(memory).orElseThrow(
                                () -> new IllegalArgumentException(
                                        "Expected a memory size, but found '" + memory + "'")));
    }

    private RetryPolicy retryPolicy() {
        RetryPolicy fallback = RetryPolicy.DEFAULT;
        if (retry == null) {
            return fallback;
        }
        return new RetryPolicy(retry.maxAttempts() == null ? fallback.maxAttempts() : retry.maxAttempts(),
                retry.backoff() == null ? fallback.backoff() : DurationText.parse(retry.backoff()),
                retry.backoffRate() == null ? fallback.backoffRate() : retry.backoffRate(),
                retry.on() == null ? fallback.on() : retry.on());
    }

    /** The document of a job, with every default written out. */
    public static JobDocument of(JobSpec spec) {
        return new JobDocument(JobSpec.SCHEMA_VERSION, spec.name(), spec.tenant(), spec.priority(),
                new BigDecimal(spec.resources().cores()), spec.resources().memoryMib() + "MiB",
                DurationText.print(spec.timeLimit()), spec.clusters().isEmpty() ? null : List.copyOf(spec.clusters()),
                spec.labels().isEmpty() ? null : spec.labels(),
                RunDocument.of(spec.run()),
                spec.environment().isEmpty() ? null : spec.environment(),
                new Retry(spec.retry().maxAttempts(), DurationText.print(spec.retry().backoff()),
                        spec.retry().backoffRate(),
                        spec.retry().on()),
                spec.attributes().isEmpty() ? null : spec.attributes());
    }
}
