package io.stepyard.api;

import io.stepyard.api.clusters.ClusterController;
import io.stepyard.api.clusters.ClusterDeskController;
import io.stepyard.api.http.HttpConfiguration;
import io.stepyard.api.jobs.CachedExplanation;
import io.stepyard.api.jobs.CachedOutlook;
import io.stepyard.api.jobs.CancelController;
import io.stepyard.api.jobs.ExplainController;
import io.stepyard.api.jobs.JobController;
import io.stepyard.api.jobs.JobReasons;
import io.stepyard.api.jobs.OutputController;
import io.stepyard.api.jobs.SteerController;
import io.stepyard.api.jobs.TrialController;
import io.stepyard.api.queue.QueueController;
import io.stepyard.api.queue.StartsController;
import io.stepyard.api.tenants.TenantsController;
import io.stepyard.core.job.GiveUpAttempts;
import io.stepyard.core.job.JobDesk;
import io.stepyard.core.job.JobReader;
import io.stepyard.core.job.SteerJob;
import io.stepyard.core.scheduling.ExplainQueue;
import io.stepyard.core.scheduling.RegisterCluster;
import io.stepyard.core.scheduling.TendClusters;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.tenant.TenantsDesk;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Mounts the job API in a web application whose host brings the ports: {@code JobStore}, {@code ClusterStore},
 * {@code ClusterGateway}, {@code ExplainQueue}, {@code CancelJob}, {@code JobDesk} and {@code InstantSource}.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import({HttpConfiguration.class, JobController.class, OutputController.class, CancelController.class,
        TrialController.class, ExplainController.class, SteerController.class, QueueController.class,
        StartsController.class, ClusterController.class, ClusterDeskController.class, TenantsController.class})
public class JobApiAutoConfiguration {

    /** A pass over a long queue costs something, and a second is as fresh as a person can tell. */
    private static final Duration REASONS_MAX_AGE = Duration.ofSeconds(1);

    @Bean
    CachedExplanation cachedExplanation(ExplainQueue queue, InstantSource clock) {
        return new CachedExplanation(queue::explain, clock, REASONS_MAX_AGE);
    }

    @Bean
    CachedOutlook cachedOutlook(CachedExplanation explanation, ExplainQueue queue) {
        return new CachedOutlook(explanation, queue);
    }

    @Bean
    JobReasons jobReasons(CachedExplanation explanation, ClusterStore clusters) {
        return new JobReasons(explanation, clusters);
    }

    @Bean
    SteerJob steerJob(JobDesk desk) {
        return new SteerJob(desk);
    }

    @Bean
    RegisterCluster registerCluster(JobStore jobs, ClusterStore clusters) {
        return new RegisterCluster(jobs, clusters);
    }

    @Bean
    TendClusters tendClusters(JobStore jobs, ClusterStore clusters, JobDesk desk, InstantSource clock) {
        return new TendClusters(jobs, clusters, desk.kick(), new GiveUpAttempts(desk), clock);
    }

    @Bean
    TenantsDesk tenantsDesk(JobStore jobs) {
        return new TenantsDesk(jobs);
    }

    @Bean
    @ConditionalOnMissingBean
    JobReader jobReader() {
        return new JobReader();
    }
}
