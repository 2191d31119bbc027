package io.stepyard.store.embedded;

import io.stepyard.contracts.Rows;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.CommitResult;
import io.stepyard.core.store.StoreWrite.InsertCluster;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.Reserve;
import io.stepyard.model.resource.Resources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that commits until it is killed, and prints the id of each job once its commit has been acknowledged. */
final class CrashingProcess {

    static final String LINE_END = ";";
    static final String CLUSTER = "zurich";
    /** Small, so that the log is emptied again and again while commits come in. */
    static final long MAX_LOG_BYTES = 256 * 1024;

    private static final int THREADS = 4;
    private static final Resources LIMIT = new Resources(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);

    private CrashingProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedStore store = EmbeddedStore.open(Path.of(arguments[0]), MAX_LOG_BYTES);
        String round = arguments[1];
        ClusterRecord cluster = Rows.cluster(CLUSTER);
        store.commit(List.of(new InsertCluster(cluster)));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            String name = round + "-" + t + "-";
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; true; i++) {
                    String jobId = name + i;
                    CommitResult result = store.commit(List.of(new InsertRun(Rows.queued(jobId)),
                            new InsertQueueRow(Rows.waiting(jobId, i % 10_000, Rows.START)),
                            new Reserve(CLUSTER, new Resources(1, 1), LIMIT)));
                    if (result.isCommitted()) {
                        System.out.println(jobId + LINE_END);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
