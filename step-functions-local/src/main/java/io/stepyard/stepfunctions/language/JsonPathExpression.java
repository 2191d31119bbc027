package io.stepyard.stepfunctions.language;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.spi.json.Jackson3JsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.Jackson3MappingProvider;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSONPath expression of the States Language: {@code $.x} reads the input, {@code $$.x} the context object and
 * {@code $name.x} a variable. Parsed once, evaluated often.
 */
public final class JsonPathExpression {
    private static final Configuration CONFIGURATION = Configuration.builder()
            .jsonProvider(new Jackson3JsonNodeJsonProvider(Json.mapper()))
            .mappingProvider(new Jackson3MappingProvider(Json.mapper())).build();

    private enum Root {
        INPUT, CONTEXT, VARIABLE
    }

    private final String text;
    private final Root root;
    private final String variable;
    private final String path;
    private final @Nullable ReferencePath reference;
    private final @Nullable JsonPath general;
    private final boolean indefinite;

    private JsonPathExpression(String text, Root root, String variable, String path) {
        this.text = text;
        this.root = root;
        this.variable = variable;
        this.path = path;
        this.reference = ReferencePath.parse(path);
        this.general = reference == null ? JsonPath.compile(path) : null;
        this.indefinite = general != null && !general.isDefinite();
    }

    /** Parses a path; throws {@link IllegalArgumentException} with the reason where it is none. */
    public static JsonPathExpression parse(String text) {
        try {
            if (text.startsWith("$$")) {
                return new JsonPathExpression(text, Root.CONTEXT, "", text.substring(1));
            }
            if (!text.startsWith("$")) {
                throw new IllegalArgumentException("a path starts with $, found " + text);
            }
            int end = 1;
            while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
                end++;
            }
            return end == 1
                    ? new JsonPathExpression(text, Root.INPUT, "", text)
                    : new JsonPathExpression(text, Root.VARIABLE, text.substring(1, end), "$" + text.substring(end));
        } catch (InvalidPathException notAPath) {
            throw new IllegalArgumentException(notAPath.getMessage(), notAPath);
        } catch (StackOverflowError deep) {
            throw new IllegalArgumentException("the path is nested too deeply", deep);
        }
    }

    /** Parses a ResultPath; throws {@link IllegalArgumentException} where it does not name exactly one place in the input. */
    public static JsonPathExpression parseResultPath(String text) {
        JsonPathExpression path = parse(text);
        if (!path.isReferenceToInput()) {
            throw new IllegalArgumentException("Invalid path '" + text + "': the ResultPath is no reference path");
        }
        return path;
    }

    /** The expression as written. */
    public String text() {
        return text;
    }

    /** Whether this is plain {@code $}. */
    public boolean isWholeInput() {
        return root == Root.INPUT && path.equals("$");
    }

    /** Whether this names exactly one place in the input, as ResultPath must. */
    public boolean isReferenceToInput() {
        return root == Root.INPUT && reference != null;
    }

    /** Whether this reads a variable. */
    public boolean readsVariable() {
        return root == Root.VARIABLE;
    }

    /** The value found, or null where the path leads nowhere. */
    public @Nullable JsonNode find(EvaluationContext context) {
        try {
            return evaluate(context);
        } catch (InvalidPathException nothingThere) {
            return null;
        }
    }

    /** The value found; throws States.Runtime in the words AWS uses for InputPath and its like. */
    public JsonNode read(EvaluationContext context) {
        try {
            JsonNode found = evaluate(context);
            if (found != null) {
                return found;
            }
        } catch (InvalidPathException nothingThere) {
            throw EvaluationException.runtime("Invalid path '" + text + "' : " + nothingThere.getMessage());
        }
        throw EvaluationException.runtime("Invalid path '" + text + "' : " + whyMissing(context));
    }

    private @Nullable JsonNode evaluate(EvaluationContext context) {
        JsonNode start = start(context);
        if (start == null) {
            return null;
        }
        if (reference != null) {
            return reference.read(start);
        }
        if (general == null) {
            throw new IllegalStateException("no path compiled for " + text);
        }
        if (indefinite) {
            return findAll(general, start);
        }
        Object found = general.read((Object) start, CONFIGURATION);
        return found instanceof JsonNode node ? node : Json.mapper().valueToTree(found);
    }

    /** A path that may name many places finds none rather than fail where what leads to them is absent. */
    private static JsonNode findAll(JsonPath path, JsonNode start) {
        try {
            Object found = path.read((Object) start, CONFIGURATION);
            return found instanceof JsonNode node ? node : Json.mapper().valueToTree(found);
        } catch (InvalidPathException nothingThere) {
            return Json.nodes().arrayNode();
        }
    }

    /** Whether this reads the context object. */
    public boolean readsContext() {
        return root == Root.CONTEXT;
    }

    private @Nullable JsonNode start(EvaluationContext context) {
        return switch (root) {
            case INPUT -> context.input();
            case CONTEXT -> context.context();
            case VARIABLE -> context.variable(variable);
        };
    }

    private @Nullable String whyMissing(EvaluationContext context) {
        JsonNode start = start(context);
        if (start == null) {
            return "The variable '" + variable + "' is not assigned";
        }
        try {
            JsonPath.compile(path).read((Object) start, CONFIGURATION);
            return "No results for path: " + path;
        } catch (InvalidPathException reason) {
            return reason.getMessage();
        }
    }

    /** A tree equal to the base with the value at this place; throws States.ResultPathMatchFailure where it does not fit. */
    public JsonNode write(JsonNode base, JsonNode value) {
        if (reference == null) {
            throw new IllegalStateException(text + " is no reference path");
        }
        try {
            return reference.write(base, value);
        } catch (IllegalArgumentException misfit) {
            throw new EvaluationException(ErrorNames.RESULT_PATH_MATCH_FAILURE,
                    "Unable to apply step \"" + text + "\" to input " + Json.text(base), null);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
