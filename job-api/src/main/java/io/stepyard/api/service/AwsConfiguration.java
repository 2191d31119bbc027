package io.stepyard.api.service;

import io.stepyard.core.workflow.WorkflowSignals;
import io.stepyard.store.dynamodb.Backoff;
import io.stepyard.store.dynamodb.DynamoStore;
import io.stepyard.store.dynamodb.DynamoTables;
import io.stepyard.workflow.stepfunctions.StepFunctionsSignals;
import java.net.URI;
import java.security.SecureRandom;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Step Functions for every store, and with {@code stepyard.store=dynamodb} the tables. Region and credentials come from the AWS
 * SDK's own chain; {@code stepyard.region}, {@code stepyard.step-functions-endpoint} and {@code stepyard.dynamodb-endpoint} override it.
 */
@Configuration(proxyBeanMethods = false)
class AwsConfiguration {

    private static final String DEFAULT_PREFIX = "stepyard-";

    @Bean
    SfnClient stepFunctions(Environment environment) {
        return located(SfnClient.builder(), environment, "stepyard.step-functions-endpoint")
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(StepFunctionsSignals.clientSettings()).build();
    }

    @Bean
    WorkflowSignals signals(SfnClient client) {
        return new StepFunctionsSignals(client);
    }

    private static <B extends AwsClientBuilder<B, ?>> B located(B builder, Environment environment, String endpoint) {
        String region = environment.getProperty("stepyard.region", "");
        String address = environment.getProperty(endpoint, "");
        if (!region.isEmpty()) {
            builder.region(Region.of(region));
        }
        if (!address.isEmpty()) {
            builder.endpointOverride(URI.create(address));
        }
        return builder;
    }

    /** The store on DynamoDB. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "stepyard.store", havingValue = "dynamodb")
    static class Tables {

        @Bean
        DynamoDbClient dynamoDb(Environment environment) {
            return located(DynamoDbClient.builder(), environment, "stepyard.dynamodb-endpoint")
                    .httpClient(UrlConnectionHttpClient.create()).build();
        }

        @Bean
        DynamoStore store(DynamoDbClient client, Environment environment) {
            DynamoTables tables = new DynamoTables(table(environment, "job-queue", DynamoTables.JOB_QUEUE),
                    table(environment, "job-runs", DynamoTables.JOB_RUNS),
                    table(environment, "clusters", DynamoTables.CLUSTERS),
                    table(environment, "leases", DynamoTables.LEASES));
            int shards = environment.getProperty("stepyard.shards", Integer.class, 1);
            return new DynamoStore(client, tables, shards, Backoff.standard(new SecureRandom()),
                    () -> UUID.randomUUID().toString());
        }

        /** As the functions are told: {@code STEPYARD_TABLE_JOB_RUNS} and so on. */
        private static String table(Environment environment, String setting, String name) {
            return environment.getProperty("stepyard.table-" + setting, DEFAULT_PREFIX + name);
        }
    }
}
