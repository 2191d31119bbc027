package io.stepyard.core.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.job.RetryPolicy;
import io.stepyard.model.job.RunSpec;
import io.stepyard.model.resource.Resources;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.StdConverter;

/**
 * The JSON form of stored rows. Task tokens and ledgers are never part of it: a store keeps them in columns of their own, the first
 * because they are secret (I-13), the second because they change without the row. Unknown fields are passed over, so that a row which
 * a newer version wrote can still be read. Sets are written in order: equal rows are equal texts.
 */
public final class StoreJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultVisibility(checker -> checker.withVisibility(PropertyAccessor.ALL,
                    JsonAutoDetect.Visibility.NONE)
                    .withVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                    .withVisibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY))
            .changeDefaultPropertyInclusion(
                    _ -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // A row that an older version wrote lacks the newer flags: not set.
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .addMixIn(JobRun.class, WithoutToken.class)
            .addMixIn(QueueRow.class, WithoutToken.class)
            .addMixIn(ClusterRecord.class, WithoutLedger.class)
            .addMixIn(RunSpec.class, RunKinds.class)
            .addMixIn(RetryPolicy.class, SortedClasses.class)
            .build();

    private StoreJson() {}

    public static String ofRun(JobRun run) {
        return MAPPER.writeValueAsString(run);
    }

    /**
     * @param token as the store kept it beside the row
     * @throws IllegalArgumentException when the text is no run; the message names the fault and never a token
     */
    public static JobRun run(String json, @Nullable TaskToken token) {
        return read(json, JobRun.class).withToken(token);
    }

    public static String ofQueueRow(QueueRow row) {
        return MAPPER.writeValueAsString(row);
    }

    /** The row without its token, as {@link JobStore#waiting} gives it. */
    public static QueueRow queueRow(String json) {
        return read(json, QueueRow.class);
    }

    public static String ofCluster(ClusterRecord cluster) {
        return MAPPER.writeValueAsString(cluster);
    }

    /** @param reserved the ledger as the store kept it beside the row */
    public static ClusterRecord cluster(String json, Resources reserved) {
        return read(json, ClusterRecord.class).withReserved(reserved);
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException(
                    "Expected a stored " + type.getSimpleName() + " as JSON, but found: "
                            + malformed.getOriginalMessage(),
                    malformed);
        }
    }

    @JsonIgnoreProperties("token")
    private interface WithoutToken {}

    @JsonIgnoreProperties("reserved")
    private interface WithoutLedger {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.PROPERTY, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = RunSpec.Command.class, name = RunSpec.Command.KIND),
            @JsonSubTypes.Type(value = RunSpec.Script.class, name = RunSpec.Script.KIND),
            @JsonSubTypes.Type(value = RunSpec.Spark.class, name = RunSpec.Spark.KIND),
            @JsonSubTypes.Type(value = RunSpec.Slurm.class, name = RunSpec.Slurm.KIND),
            @JsonSubTypes.Type(value = RunSpec.Yarn.class, name = RunSpec.Yarn.KIND),
            @JsonSubTypes.Type(value = RunSpec.Kubernetes.class, name = RunSpec.Kubernetes.KIND)})
    private interface RunKinds {}

    /** A set has no order of its own; enum order makes equal policies equal texts. */
    private abstract static class SortedClasses {
        @JsonSerialize(converter = Sorter.class)
        @SuppressWarnings("unused") // names the record's field for Jackson
        private Set<FailureClass> on = Set.of();
    }

    static final class Sorter extends StdConverter<Set<FailureClass>, List<FailureClass>> {
        @Override
        public List<FailureClass> convert(Set<FailureClass> value) {
            return value.stream().sorted().toList();
        }
    }
}
