package io.stepyard.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;

/** The settings that every host of the API starts with; properties, environment and arguments override each of them. */
public final class JobApiDefaults {

    private static final Map<String, Object> PROPERTIES = properties();

    private JobApiDefaults() {}

    /** Gives the application these defaults, and takes its banner away. */
    public static SpringApplication apply(SpringApplication application) {
        application.setDefaultProperties(PROPERTIES);
        application.setBannerMode(Banner.Mode.OFF);
        return application;
    }

    private static Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("spring.application.name", "stepyard-job-api");
        properties.put("server.address", "127.0.0.1");
        properties.put("server.port", "8084");
        properties.put("server.shutdown", "graceful");
        properties.put("server.tomcat.connection-timeout", "10s");
        properties.put("server.tomcat.max-connections", "1000");
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", "5s");
        properties.put("spring.threads.virtual.enabled", "true");
        // Nothing is served from files, and errors never go through a page of their own.
        properties.put("spring.web.resources.add-mappings", "false");
        properties.put("spring.mvc.log-resolved-exception", "false");
        properties.put("spring.autoconfigure.exclude",
                "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration");
        properties.put("management.endpoints.web.exposure.include", "health,prometheus");
        properties.put("management.endpoints.web.discovery.enabled", "false");
        properties.put("management.endpoint.health.show-details", "never");
        return properties;
    }
}
