package io.stepyard.local;

import io.stepyard.adapter.AdapterFunction;
import io.stepyard.core.store.JobStore;
import io.stepyard.function.JobFunction;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * Holds an execution's look at its job back for a moment, so that a job which ends within that moment is seen to have ended at once and
 * not one wait later. Only for speed: without news the look happens as it would have.
 */
final class EndNews {

    private final JobStore store;
    private final Duration hold;
    private final ConcurrentMap<String, CountDownLatch> awaited = new ConcurrentHashMap<>();

    EndNews(JobStore store, Duration hold) {
        this.store = store;
        this.hold = hold;
    }

    /** The end of a job's attempt has been recorded. */
    void ended(String jobId) {
        CountDownLatch latch = awaited.get(jobId);
        if (latch != null) {
            latch.countDown();
        }
    }

    /** Jobs that a look is held back for. */
    Set<String> awaited() {
        return Set.copyOf(awaited.keySet());
    }

    /** The same function; a STATUS command waits before it is carried out. */
    JobFunction holding(JobFunction adapter) {
        return request -> {
            if (request.path("command").asString("").equals(AdapterFunction.Command.STATUS.name())) {
                await(request.path("grant"));
            }
            return adapter.handle(request);
        };
    }

    private void await(JsonNode grant) {
        String jobId = grant.path("jobId").asString("");
        CountDownLatch latch = awaited.computeIfAbsent(jobId, _ -> new CountDownLatch(1));
        try {
            // Asked after the latch is there: an end is either seen here or told to the latch.
            if (store.run(jobId).map(run -> run.state().holdsReservation()).orElse(false)) {
                // Whether news came or time ran out makes no difference to what follows.
                boolean _ = latch.await(hold.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            awaited.remove(jobId, latch);
        }
    }
}
