package io.stepyard.simulator.world;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.QueueRow;

/** What must be true when everything has ended: nothing runs, nothing waits, nothing is held (I-8, I-9). */
final class Ends {

    private final SimulatedClusters clusters;
    private final FaultyStore store;
    private final Books books;

    Ends(SimulatedClusters clusters, FaultyStore store, Books books) {
        this.clusters = clusters;
        this.store = store;
        this.books = books;
    }

    void check() {
        for (TrueRun run : clusters.live()) {
            throw new Violation("I-8", run.jobId(), run.key() + " still runs, and nobody wants it");
        }
        for (ClusterRecord cluster : store.truth().clusters()) {
            if (!cluster.reserved().isNone()) {
                throw new Violation("I-9", cluster.name(), "is idle, and " + cluster.reserved() + " are reserved");
            }
        }
        for (QueueRow row : store.truth().waiting(1_000)) {
            if (books.job(row.jobId()).isPresent()) {
                throw new Violation("I-1", row.jobId(), "has ended and still waits in the queue");
            }
        }
    }
}
