package io.stepyard.adapter;

import io.stepyard.function.FunctionService;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The cluster adapter function as a Spring Boot service. */
@SpringBootApplication
public class AdapterApplication {

    public static void main(String[] arguments) {
        FunctionService.start(AdapterApplication.class, "adapter", AdapterComposition::compose, arguments);
    }
}
