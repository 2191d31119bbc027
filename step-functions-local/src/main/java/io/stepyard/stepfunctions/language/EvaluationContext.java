package io.stepyard.stepfunctions.language;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an expression can see. */
public interface EvaluationContext {
    /** The value {@code $} stands for. */
    JsonNode input();

    /** The context object, {@code $$}. */
    JsonNode context();

    /** A variable by name without its dollar sign, or null where it was never assigned. */
    @Nullable
    JsonNode variable(String name);

    /** Where UUIDs and random numbers come from. */
    RandomGenerator random();

    /** The same with another value for {@code $}. */
    default EvaluationContext withInput(JsonNode other) {
        EvaluationContext outer = this;
        return new EvaluationContext() {
            @Override
            public JsonNode input() {
                return other;
            }

            @Override
            public JsonNode context() {
                return outer.context();
            }

            @Override
            public @Nullable JsonNode variable(String name) {
                return outer.variable(name);
            }

            @Override
            public RandomGenerator random() {
                return outer.random();
            }
        };
    }
}
