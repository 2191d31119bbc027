package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.JsonataTemplate;
import io.stepyard.stepfunctions.language.PayloadTemplate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The role that a task is called with: recorded in the history, of no effect here. */
record Credentials(@Nullable PayloadTemplate template, @Nullable JsonataTemplate expressions) {

    static @Nullable Credentials parse(@Nullable JsonNode credentials, boolean jsonata) {
        if (credentials == null) {
            return null;
        }
        return jsonata
                ? new Credentials(null, JsonataTemplate.parse(credentials, "Credentials"))
                : new Credentials(PayloadTemplate.parse(credentials), null);
    }

    @Nullable
    String evaluate(Frame frame, JsonNode input) {
        JsonNode made = template != null
                ? template.evaluate(frame.context(input))
                : expressions != null ? expressions.evaluate(frame.scope(null, null)) : Json.object();
        JsonNode role = made.get("RoleArn");
        return role == null ? null : role.asString();
    }
}
