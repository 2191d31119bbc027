package io.stepyard.api.service;

import io.stepyard.api.JobApiDefaults;
import io.stepyard.clusters.AdapterGateway;
import io.stepyard.clusters.http.HttpClusterAdapter;
import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.job.CancelJob;
import io.stepyard.core.job.JobDesk;
import io.stepyard.core.scheduling.ExplainQueue;
import io.stepyard.core.scheduling.SchedulerSettings;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.workflow.WorkflowSignals;
import io.stepyard.scheduler.Policies;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/**
 * Serves the job API beside the functions: on AWS, or next to an on-premises cluster. Settings, each also as an environment
 * variable such as {@code STEPYARD_STORE}: {@code stepyard.store} ({@code embedded} or {@code dynamodb}), what belongs to it,
 * {@code stepyard.policy}, and Spring Boot's own, {@code server.port} for one.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({EmbeddedConfiguration.class, AwsConfiguration.class})
public class JobApiApplication {

    public static void main(String[] words) {
        application().run(words);
    }

    /** The application with its defaults, not yet started. */
    static SpringApplication application() {
        return JobApiDefaults.apply(new SpringApplication(JobApiApplication.class));
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    HttpClusterAdapter httpClusterAdapter() {
        return new HttpClusterAdapter(HttpClusterAdapter.Settings.DEFAULT);
    }

    @Bean
    @Primary
    ClusterGateway clusterGateway(HttpClusterAdapter http) {
        return new AdapterGateway(List.of(http));
    }

    @Bean
    ExplainQueue explainQueue(JobStore jobs, ClusterStore clusters, InstantSource clock, Environment environment) {
        String policy = environment.getProperty("stepyard.policy", SchedulerSettings.DEFAULT.policy());
        return new ExplainQueue(jobs, clusters, Policies.named(policy), SchedulerSettings.DEFAULT, clock);
    }

    @Bean
    CancelJob cancelJob(JobStore jobs, ClusterStore clusters, ClusterGateway gateway, WorkflowSignals signals,
            InstantSource clock) {
        // No kick from here: a cancelled job's room is given away by the scheduler's next tick.
        return new CancelJob(new JobDesk(jobs, clusters, gateway, () -> {
        }, clock), signals);
    }
}
