package io.stepyard.core.store;

import io.stepyard.model.lifecycle.JobState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The port to the stored state of jobs, queue and clusters. Reads of single rows are consistent; lists may lag behind
 * (an index on DynamoDB does) and are hints: the conditional transaction decides. Safe for use by many threads.
 * Every method throws {@link StoreUnavailable} when the store cannot answer; a commit that throws may have happened.
 */
public interface JobStore {

    /** DynamoDB takes 100 items in one transaction; every store holds its users to that. */
    int MAX_WRITES = 100;

    /**
     * All of the writes or none. A repetition of a commit that has happened is a conflict, since what it expected is gone.
     *
     * @param writes 1 to {@value #MAX_WRITES}, no two of the same row
     * @throws IllegalArgumentException when {@link StoreWriteRules} says that these writes make no transaction
     */
    CommitResult commit(List<StoreWrite> writes);

    Optional<JobRun> run(String jobId);

    /** Newest submission first; at one instant the higher jobId first. The last page has no cursor, and only the last may be short. */
    Page<JobRun> runs(RunQuery query);

    /**
     * The first {@code limit} waiting jobs: highest priority first, then longest waiting, then jobId. The rows come without tokens:
     * the index does not carry them, and whoever grants a job reads its run row anyway.
     *
     * @param limit 1 or more
     */
    List<QueueRow> waiting(int limit);

    /** Every run that holds a reservation, in no particular order. */
    List<JobRun> liveRuns();

    /** One of the queue manager's own documents. */
    Optional<Document> document(String name);

    /** How many jobs there are in each state; states without jobs may be missing. */
    Map<JobState, Long> countByState();
}
