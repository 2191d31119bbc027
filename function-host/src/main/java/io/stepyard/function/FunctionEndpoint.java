package io.stepyard.function;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A function as the Lambda Invoke API serves it, so that whoever can call AWS Lambda can call this service. */
@RestController
public final class FunctionEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(FunctionEndpoint.class);

    private final String name;
    private final JobFunction function;
    private final MeterRegistry metrics;

    public FunctionEndpoint(String name, JobFunction function, MeterRegistry metrics) {
        this.name = name;
        this.function = function;
        this.metrics = metrics;
    }

    /** Answers as Lambda does: 200 with the reply; 200 with {@code X-Amz-Function-Error} when the function threw. */
    @PostMapping(path = "/2015-03-31/functions/{function}/invocations", produces = MediaType.APPLICATION_JSON_VALUE)
    public ResponseEntity<String> invoke(@PathVariable("function") String called,
            InputStream body) throws IOException {
        if (!called.equals(name) && !called.endsWith(":function:" + name)) {
            return ResponseEntity.status(HttpStatus.NOT_FOUND).header("X-Amzn-ErrorType", "ResourceNotFoundException")
                    .body(json(Map.of("Message", "Function not found: found " + called + ", expected " + name)));
        }
        JsonNode event;
        try {
            // Not as a request body of Spring's: one that calls itself a form, as curl says by default, would come as parameters.
            event = Events.MAPPER.readTree(body.readAllBytes());
        } catch (JacksonException e) {
            return ResponseEntity.badRequest().header("X-Amzn-ErrorType", "InvalidRequestContentException")
                    .body(json(Map.of("Message", "Could not parse request body into json")));
        }
        return answer(event);
    }

    private ResponseEntity<String> answer(JsonNode event) {
        Timer.Sample timer = Timer.start(metrics);
        String outcome = "ok";
        try {
            return ResponseEntity.ok().header("X-Amz-Executed-Version", "$LATEST")
                    .body(function.handle(event).toString());
        } catch (RuntimeException e) {
            outcome = e.getClass().getSimpleName();
            LOG.warn("Function {} failed: {}", name, e.toString());
            return ResponseEntity.ok().header("X-Amz-Function-Error", "Unhandled").body(
                    json(Map.of("errorType", e.getClass().getName(), "errorMessage", String.valueOf(e.getMessage()))));
        } finally {
            timer.stop(metrics.timer("stepyard.function.calls", "function", name, "outcome", outcome));
        }
    }

    private static String json(Object value) {
        return Events.MAPPER.writeValueAsString(value);
    }
}
