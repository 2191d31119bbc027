package io.stepyard.function;

import tools.jackson.databind.JsonNode;

/** A function of the job manager: an event in, a reply out. What it throws is an error that the state machine knows by its class name. */
@FunctionalInterface
public interface JobFunction {

    /** @throws IllegalArgumentException when the event is not of the function's form */
    JsonNode handle(JsonNode event);
}
