package io.stepyard.api;

import io.stepyard.api.clusters.ClusterController;
import io.stepyard.api.http.HttpConfiguration;
import io.stepyard.api.jobs.CachedExplanation;
import io.stepyard.api.jobs.CancelController;
import io.stepyard.api.jobs.JobController;
import io.stepyard.api.jobs.JobReasons;
import io.stepyard.api.jobs.OutputController;
import io.stepyard.api.jobs.TrialController;
import io.stepyard.api.queue.QueueController;
import io.stepyard.core.job.JobReader;
import io.stepyard.core.scheduling.ExplainQueue;
import io.stepyard.core.store.ClusterStore;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Mounts the job API in a web application whose host brings the ports: {@code JobStore}, {@code ClusterStore},
 * {@code ClusterGateway}, {@code ExplainQueue}, {@code CancelJob} and {@code InstantSource}.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import({HttpConfiguration.class, JobController.class, OutputController.class, CancelController.class,
        TrialController.class, QueueController.class, ClusterController.class})
public class JobApiAutoConfiguration {

    /** A pass over a long queue costs something, and a second is as fresh as a person can tell. */
    private static final Duration REASONS_MAX_AGE = Duration.ofSeconds(1);

    @Bean
    JobReasons jobReasons(ExplainQueue queue, ClusterStore clusters, InstantSource clock) {
        return new JobReasons(new CachedExplanation(queue::explain, clock, REASONS_MAX_AGE), clusters);
    }

    @Bean
    @ConditionalOnMissingBean
    JobReader jobReader() {
        return new JobReader();
    }
}
