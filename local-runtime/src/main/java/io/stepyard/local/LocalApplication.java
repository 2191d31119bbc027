package io.stepyard.local;

import io.stepyard.api.JobApiDefaults;
import java.time.InstantSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The web part of the runtime: the job API, health and metrics over the parts that run beside it. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class LocalApplication {

    /** Serves until the context is closed, which the runtime does itself: the web goes first, then what it shows. */
    static ServletWebServerApplicationContext serve(LocalSystem system, LocalOptions options, InstantSource clock) {
        SpringApplication application = JobApiDefaults.apply(new SpringApplication(LocalApplication.class));
        application.setLazyInitialization(true);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        application.addInitializers(context -> register(context.getBeanFactory(), system, clock));
        ConfigurableApplicationContext context = application.run("--server.port=" + options.apiPort(),
                "--server.address=127.0.0.1", "--management.endpoint.health.show-details=always");
        return (ServletWebServerApplicationContext) context;
    }

    /** As ready objects: the runtime owns them, and no end of the context closes them. */
    private static void register(ConfigurableListableBeanFactory beans, LocalSystem system, InstantSource clock) {
        beans.registerSingleton("store", system.store());
        beans.registerSingleton("gateway", system.gateway());
        beans.registerSingleton("clock", clock);
        beans.registerSingleton("explainQueue", system.functions().explain());
        beans.registerSingleton("jobDesk", system.functions().desk());
        beans.registerSingleton("cancelJob", system.functions().cancel());
        beans.registerSingleton("localMetrics", new LocalMetrics(system));
        beans.registerSingleton("scheduler",
                new SchedulerHealth(system.functions().loop(), SchedulerHealth.LONGEST_PASS));
    }
}
