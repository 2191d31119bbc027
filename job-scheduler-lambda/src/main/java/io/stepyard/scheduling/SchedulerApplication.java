package io.stepyard.scheduling;

import io.stepyard.function.FunctionService;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The scheduler function as a Spring Boot service. */
@SpringBootApplication
public class SchedulerApplication {

    public static void main(String[] arguments) {
        FunctionService.start(SchedulerApplication.class, "scheduler", SchedulerComposition::compose, arguments);
    }
}
