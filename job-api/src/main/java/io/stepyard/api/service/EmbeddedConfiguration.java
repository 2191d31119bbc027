package io.stepyard.api.service;

import io.stepyard.store.embedded.EmbeddedStore;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** {@code stepyard.store=embedded}: the store below {@code stepyard.state-dir}, which no runtime may have open. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "stepyard.store", havingValue = "embedded", matchIfMissing = true)
class EmbeddedConfiguration {

    @Bean
    EmbeddedStore store(Environment environment) {
        return EmbeddedStore.open(Path.of(environment.getProperty("stepyard.state-dir", ".stepyard"), "store"));
    }
}
