package io.stepyard.stepfunctions.language;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One entry of Catch.
 *
 * @param errors
 *            the names it takes
 * @param next
 *            the state to go to
 * @param resultPath
 *            where the error output goes in the input; null for nowhere
 * @param output
 *            the Output field of a JSONata state, or null
 * @param assign
 *            the Assign field, or null
 */
public record Catcher(ErrorMatcher errors, String next, @Nullable JsonPathExpression resultPath,
        @Nullable JsonNode output, @Nullable JsonNode assign) {

    /** Parses the Catch field of a state. */
    public static List<Catcher> parseAll(@Nullable JsonNode catchers) {
        List<Catcher> parsed = new ArrayList<>();
        if (catchers != null) {
            catchers.forEach(entry -> parsed.add(parse(entry)));
        }
        return List.copyOf(parsed);
    }

    private static Catcher parse(JsonNode entry) {
        JsonNode path = entry.get("ResultPath");
        JsonPathExpression resultPath = path == null
                ? JsonPathExpression.parse("$")
                : path.isNull() ? null : JsonPathExpression.parseResultPath(path.asString());
        return new Catcher(ErrorMatcher.parse(entry), entry.path("Next").asString(""), resultPath, entry.get("Output"),
                entry.get("Assign"));
    }
}
