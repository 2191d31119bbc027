package io.stepyard.api.service;

import io.stepyard.api.JobApiDefaults;
import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.job.CancelJob;
import io.stepyard.core.job.JobDesk;
import io.stepyard.core.scheduling.ExplainQueue;
import io.stepyard.core.scheduling.SchedulerSettings;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.workflow.WorkflowSignals;
import io.stepyard.function.FunctionPorts;
import io.stepyard.function.FunctionSettings;
import io.stepyard.scheduler.Policies;
import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Serves the job API beside the functions: on AWS, or next to an on-premises cluster. Settings, each also as an environment
 * variable such as {@code STEPYARD_STORE}: {@code stepyard.store} ({@code embedded} or {@code dynamodb}), {@code stepyard.state-dir}
 * for the first and the functions' own settings for the second, {@code stepyard.policy}, and Spring Boot's, {@code server.port} for one.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({EmbeddedConfiguration.class, DynamoConfiguration.class})
public class JobApiApplication {

    public static void main(String[] words) {
        application().run(words);
    }

    /** The application with its defaults, not yet started. */
    static SpringApplication application() {
        return JobApiDefaults.apply(new SpringApplication(JobApiApplication.class));
    }

    @Bean
    FunctionPorts ports(Environment environment) {
        return new FunctionPorts(new FunctionSettings(environment::getProperty));
    }

    @Bean
    InstantSource clock(FunctionPorts ports) {
        return ports.clock();
    }

    @Bean
    ClusterGateway clusterGateway(FunctionPorts ports) {
        return ports.gateway();
    }

    /** Made when a job is first cancelled: whoever only reads needs no region and no right to signal. */
    @Bean
    @Lazy
    WorkflowSignals signals(FunctionPorts ports) {
        return ports.signals();
    }

    @Bean
    ExplainQueue explainQueue(JobStore jobs, ClusterStore clusters, InstantSource clock, Environment environment) {
        String policy = environment.getProperty("stepyard.policy", SchedulerSettings.DEFAULT.policy());
        return new ExplainQueue(jobs, clusters, Policies.named(policy), SchedulerSettings.DEFAULT, clock);
    }

    @Bean
    JobDesk jobDesk(JobStore jobs, ClusterStore clusters, ClusterGateway gateway, FunctionPorts ports) {
        return new JobDesk(jobs, clusters, gateway, ports.kick(), ports.clock());
    }

    @Bean
    CancelJob cancelJob(JobDesk desk, @Lazy WorkflowSignals signals) {
        return new CancelJob(desk, signals);
    }
}
