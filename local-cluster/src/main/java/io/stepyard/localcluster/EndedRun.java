package io.stepyard.localcluster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an ended run, small: a cluster keeps a hundred thousand of them in memory.
 *
 * @param jobId null when the key starts with it, which is the rule: {@code jobIdLength} then says how much of it
 * @param startedMillis since the epoch, or -1 when it never started
 * @param exitCode -1 when there was none
 */
record EndedRun(long number, long sequence, String key, @Nullable String jobId, int jobIdLength, RunState state,
        long startedMillis, long endedMillis, int exitCode, @Nullable String message) {

    static EndedRun of(JournalRecord.Ended ended) {
        boolean prefix = ended.key().startsWith(ended.jobId());
        return new EndedRun(ended.number(), ended.sequence(), ended.key(), prefix ? null : ended.jobId(),
                prefix ? ended.jobId().length() : 0, ended.state(),
                ended.startedAt() == null ? -1 : ended.startedAt().toEpochMilli(), ended.endedAt().toEpochMilli(),
                ended.exitCode() == null ? -1 : ended.exitCode(),
                ended.message() == null ? null : ended.message().intern());
    }

    JournalRecord.Ended toRecord() {
        return new JournalRecord.Ended(number, sequence, key, fullJobId(), state, startedAt(),
                Instant.ofEpochMilli(endedMillis), exitCodeOrNull(), message);
    }

    RunView view(String cluster) {
        return new RunView(number, RunTable.runId(cluster, number), key, fullJobId(), state, startedAt(),
                Instant.ofEpochMilli(endedMillis), exitCodeOrNull(), message);
    }

    private String fullJobId() {
        return jobId == null ? key.substring(0, jobIdLength) : jobId;
    }

    private @Nullable Instant startedAt() {
        return startedMillis < 0 ? null : Instant.ofEpochMilli(startedMillis);
    }

    private @Nullable Integer exitCodeOrNull() {
        return exitCode < 0 ? null : exitCode;
    }
}
