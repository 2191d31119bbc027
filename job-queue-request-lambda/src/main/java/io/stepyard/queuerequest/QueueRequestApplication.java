package io.stepyard.queuerequest;

import io.stepyard.function.FunctionService;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The queue request function as a Spring Boot service. */
@SpringBootApplication
public class QueueRequestApplication {

    public static void main(String[] arguments) {
        FunctionService.start(QueueRequestApplication.class, "queue-request", QueueRequestComposition::compose,
                arguments);
    }
}
