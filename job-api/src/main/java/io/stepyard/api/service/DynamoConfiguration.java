package io.stepyard.api.service;

import io.stepyard.function.FunctionPorts;
import io.stepyard.store.dynamodb.DynamoStore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code stepyard.store=dynamodb}: the tables of a deployment, under the settings by which its functions find them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "stepyard.store", havingValue = "dynamodb")
class DynamoConfiguration {

    @Bean
    DynamoStore store(FunctionPorts ports) {
        return ports.store();
    }
}
