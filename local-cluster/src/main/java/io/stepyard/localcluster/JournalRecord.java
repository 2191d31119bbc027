package io.stepyard.localcluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of the journal. Runs are named by their number. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
@JsonSubTypes({@JsonSubTypes.Type(value = JournalRecord.Head.class, name = "head"),
        @JsonSubTypes.Type(value = JournalRecord.Accepted.class, name = "accepted"),
        @JsonSubTypes.Type(value = JournalRecord.Started.class, name = "started"),
        @JsonSubTypes.Type(value = JournalRecord.Ending.class, name = "ending"),
        @JsonSubTypes.Type(value = JournalRecord.Ended.class, name = "ended"),
        @JsonSubTypes.Type(value = JournalRecord.Refused.class, name = "refused"),
        @JsonSubTypes.Type(value = JournalRecord.Closed.class, name = "closed")})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface JournalRecord {

    /** Counters at the moment the journal was written anew. */
    record Head(long lastNumber, long lastSequence, long refusals) implements JournalRecord {}

    /** The intent: written before anything is started. */
    record Accepted(long number, Instant at, RunRequest request) implements JournalRecord {}

    record Started(long number, Instant at) implements JournalRecord {}

    /** The cluster is about to end the run, and this is what its end will be called. */
    record Ending(long number, RunState why) implements JournalRecord {}

    /** Says everything that is kept of an ended run, so that its other lines can go. */
    record Ended(long number, long sequence, String key, String jobId, RunState state, @Nullable Instant startedAt,
            Instant endedAt, @Nullable Integer exitCode, @Nullable String message) implements JournalRecord {}

    /** A key that was cancelled while nothing was known under it. */
    record Closed(String key) implements JournalRecord {}

    /** A request that did not fit. */
    record Refused(Instant at, String key, long cpuMillicores, long memoryMib) implements JournalRecord {}
}
