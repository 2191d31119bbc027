package io.stepyard.function;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Starts a function as a Spring Boot service: the Lambda Invoke API, health and Prometheus metrics, on loopback unless told otherwise. */
public final class FunctionService {

    private static final Map<String, Object> DEFAULTS = Map.of("server.address", "127.0.0.1", "server.port", "8090",
            "management.endpoints.web.exposure.include", "health,prometheus", "spring.threads.virtual.enabled", "true",
            "spring.main.banner-mode", "off");

    private FunctionService() {}

    /**
     * @param application the module's Spring Boot application class
     * @param name the function's name in the Invoke API
     */
    public static ConfigurableApplicationContext start(Class<?> application, String name,
            Function<FunctionPorts, JobFunction> composition, String... arguments) {
        SpringApplication spring = new SpringApplication(application);
        spring.setDefaultProperties(DEFAULTS);
        spring.addInitializers(context -> ((GenericApplicationContext) context).registerBean(FunctionEndpoint.class,
                () -> new FunctionEndpoint(name,
                        compose(name, composition,
                                new FunctionSettings(setting -> context.getEnvironment().getProperty(setting))),
                        context.getBean(MeterRegistry.class))));
        return spring.run(arguments);
    }

    private static JobFunction compose(String name, Function<FunctionPorts, JobFunction> composition,
            FunctionSettings settings) {
        try {
            return composition.apply(new FunctionPorts(settings));
        } catch (RuntimeException unusable) {
            throw new CompositionFailed(name, unusable);
        }
    }
}
