package io.stepyard.stepfunctions.validation;

import io.stepyard.stepfunctions.language.JsonataExpression;
import io.stepyard.stepfunctions.language.PayloadTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Expressions that a state reads only once it needs them, so that one that is none is found when the machine is made. */
final class Expressions {
    /** Chains of states of their own. */
    private static final Set<String> CHAINS = Set.of("Branches", "ItemProcessor", "Iterator");

    private Expressions() {}

    /** What cannot be parsed in a state. */
    static List<Diagnostic> of(JsonNode state, boolean jsonata, String location) {
        List<Diagnostic> found = new ArrayList<>();
        if (jsonata) {
            state.forEachEntry((name, value) -> {
                if (!CHAINS.contains(name)) {
                    jsonata(value, location + "/" + name, found);
                }
            });
        } else {
            int place = 0;
            for (JsonNode catcher : state.path("Catch")) {
                String where = location + "/Catch[" + place++ + "]/Assign";
                if (catcher.has("Assign")) {
                    guarded(() -> PayloadTemplate.parse(catcher.get("Assign")), where, found);
                }
            }
        }
        return found;
    }

    private static void jsonata(JsonNode value, String location, List<Diagnostic> found) {
        if (JsonataExpression.isExpression(value)) {
            guarded(() -> JsonataExpression.parse(value.asString()), location, found);
        } else if (value.isObject()) {
            value.forEachEntry((name, inner) -> jsonata(inner, location + "/" + name, found));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                jsonata(value.get(i), location + "[" + i + "]", found);
            }
        }
    }

    private static void guarded(Runnable parse, String location, List<Diagnostic> found) {
        try {
            parse.run();
        } catch (IllegalArgumentException refused) {
            found.add(new Diagnostic("SCHEMA_VALIDATION_FAILED", String.valueOf(refused.getMessage()), location));
        }
    }
}
