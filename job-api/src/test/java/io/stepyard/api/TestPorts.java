package io.stepyard.api;

import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.cluster.ClusterSample;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.cluster.Submission;
import io.stepyard.core.cluster.SubmitOutcome;
import io.stepyard.core.job.CancelJob;
import io.stepyard.core.job.JobDesk;
import io.stepyard.core.memory.InMemoryJobStore;
import io.stepyard.core.memory.RecordingSignals;
import io.stepyard.core.scheduling.ExplainQueue;
import io.stepyard.core.scheduling.SchedulerSettings;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.scheduler.Policies;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** A host of the API with an in-memory store and a cluster that answers from a map. */
@SpringBootConfiguration
@EnableAutoConfiguration
class TestPorts {

    /** What the cluster says was printed, by attempt key. */
    static final class PrintingCluster implements ClusterGateway {

        final Map<String, String> errorOutputs = new ConcurrentHashMap<>();
        final AtomicBoolean down = new AtomicBoolean();
        /** Keys of attempts whose end was asked for: only a forced removal of their cluster does. */
        final java.util.Set<String> cancelled = ConcurrentHashMap.newKeySet();

        @Override
        public String errorOutput(ClusterRecord cluster, String key, @Nullable String clusterJobId, int maxBytes) {
            if (down.get()) {
                throw new ClusterUnavailable(ClusterUnavailable.Kind.NOT_SENT, "connection refused", null);
            }
            String text = errorOutputs.getOrDefault(key, "");
            return text.substring(Math.max(0, text.length() - maxBytes));
        }

        @Override
        public String output(ClusterRecord cluster, String key, @Nullable String clusterJobId, int maxBytes) {
            return "out of " + key;
        }

        @Override
        public SubmitOutcome submit(ClusterRecord cluster, Submission submission) {
            throw new AssertionError("the API never submits");
        }

        @Override
        public Observation observe(ClusterRecord cluster, String key, @Nullable String clusterJobId) {
            throw new AssertionError("the API never observes");
        }

        @Override
        public void cancel(ClusterRecord cluster, String key, @Nullable String clusterJobId) {
            cancelled.add(key);
        }

        @Override
        public ClusterSample sample(ClusterRecord cluster) {
            throw new AssertionError("the API never samples");
        }
    }

    @Bean
    InMemoryJobStore store() {
        return new InMemoryJobStore();
    }

    @Bean
    PrintingCluster cluster() {
        return new PrintingCluster();
    }

    @Bean
    InstantSource clock() {
        return InstantSource.fixed(Jobs.NOW);
    }

    @Bean
    ExplainQueue queue(InMemoryJobStore store, InstantSource clock) {
        SchedulerSettings settings = SchedulerSettings.DEFAULT;
        return new ExplainQueue(store, store, Policies.named(settings.policy()), settings, clock);
    }

    @Bean
    JobDesk desk(InMemoryJobStore store, PrintingCluster cluster, InstantSource clock) {
        return new JobDesk(store, store, cluster, () -> {
        }, clock);
    }

    @Bean
    CancelJob cancelJob(JobDesk desk) {
        return new CancelJob(desk, new RecordingSignals());
    }
}
