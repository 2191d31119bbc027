package io.stepyard.stepfunctions.language;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An intrinsic function call such as {@code States.Format('{} done', $.name)}, parsed. */
public sealed interface Intrinsic {

    /** The value; {@code field} names the template field it stands in, for error texts. */
    JsonNode evaluate(EvaluationContext context, String field);

    /** Parses a call; throws {@link IllegalArgumentException} where the text is none. */
    static Intrinsic parse(String text) {
        Parser parser = new Parser(text);
        Intrinsic call = parser.call();
        parser.end();
        return call;
    }

    /** A number, a text, a boolean or null. */
    record Constant(JsonNode value) implements Intrinsic {
        @Override
        public JsonNode evaluate(EvaluationContext context, String field) {
            return value;
        }
    }

    /** A path argument. */
    record PathArgument(JsonPathExpression path) implements Intrinsic {
        @Override
        public JsonNode evaluate(EvaluationContext context, String field) {
            JsonNode found = path.find(context);
            if (found == null) {
                throw PayloadTemplate.notFound(field, path, context);
            }
            return found;
        }
    }

    /** A function with its arguments. */
    record Call(IntrinsicFunction function, List<Intrinsic> arguments, String text) implements Intrinsic {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public JsonNode evaluate(EvaluationContext context, String field) {
            List<JsonNode> values = new ArrayList<>(arguments.size());
            for (Intrinsic argument : arguments) {
                JsonNode value = argument.evaluate(context, field);
                boolean ofContext = argument instanceof PathArgument path && path.path().readsContext();
                values.add(ofContext && function == IntrinsicFunction.FORMAT && value.isContainer()
                        ? Json.nodes().stringNode(IntrinsicFunction.shownAsMap(value))
                        : value);
            }
            try {
                return function.apply(values, context.random());
            } catch (IllegalArgumentException refused) {
                throw new EvaluationException(ErrorNames.INTRINSIC_FAILURE, String.valueOf(refused.getMessage()),
                        null);
            }
        }
    }

    /** Reads a call from left to right. */
    final class Parser {
        private final String text;
        private int place;

        Parser(String text) {
            this.text = text;
        }

        Intrinsic call() {
            int start = place;
            while (place < text.length()
                    && (Character.isLetterOrDigit(text.charAt(place)) || text.charAt(place) == '.')) {
                place++;
            }
            String name = text.substring(start, place);
            IntrinsicFunction function = IntrinsicFunction.named(name);
            if (function == null || place >= text.length() || text.charAt(place) != '(') {
                throw bad("an intrinsic function", start);
            }
            place++;
            List<Intrinsic> arguments = arguments();
            return new Call(function, arguments, text.substring(start, place));
        }

        private List<Intrinsic> arguments() {
            List<Intrinsic> arguments = new ArrayList<>();
            skipSpace();
            if (peek() == ')') {
                place++;
                return arguments;
            }
            while (true) {
                skipSpace();
                arguments.add(argument());
                skipSpace();
                char next = peek();
                place++;
                if (next == ')') {
                    return arguments;
                }
                if (next != ',') {
                    throw bad("',' or ')'", place - 1);
                }
            }
        }

        private Intrinsic argument() {
            char first = peek();
            if (first == '\'') {
                return new Constant(Json.nodes().stringNode(quoted()));
            }
            if (first == '$') {
                return new PathArgument(JsonPathExpression.parse(pathText()));
            }
            if (text.startsWith("States.", place)) {
                return call();
            }
            return new Constant(word());
        }

        private String quoted() {
            StringBuilder out = new StringBuilder();
            place++;
            while (place < text.length() && text.charAt(place) != '\'') {
                char unit = text.charAt(place);
                if (unit == '\\' && place + 1 < text.length()) {
                    char escaped = text.charAt(++place);
                    // Braces keep their backslash here: States.Format reads it.
                    if (escaped != '\'' && escaped != '\\') {
                        out.append('\\');
                    }
                    out.append(escaped);
                } else {
                    out.append(unit);
                }
                place++;
            }
            if (place >= text.length()) {
                throw bad("a closing quote", place);
            }
            place++;
            return out.toString();
        }

        private String pathText() {
            int start = place;
            int depth = 0;
            char quote = 0;
            while (place < text.length()) {
                char unit = text.charAt(place);
                if (quote != 0) {
                    quote = unit == quote ? 0 : quote;
                } else if (unit == '\'' || unit == '"') {
                    quote = unit;
                } else if (unit == '[' || unit == '(') {
                    depth++;
                } else if (depth > 0 && (unit == ']' || unit == ')')) {
                    depth--;
                } else if (depth == 0 && (unit == ',' || unit == ')' || unit == ' ')) {
                    break;
                }
                place++;
            }
            return text.substring(start, place);
        }

        private JsonNode word() {
            int start = place;
            while (place < text.length() && text.charAt(place) != ',' && text.charAt(place) != ')') {
                place++;
            }
            JsonNode value = Json.parseOrNull(text.substring(start, place).strip());
            if (value == null || value.isContainer() || value.isString()) {
                throw bad("an argument", start);
            }
            return value;
        }

        void end() {
            skipSpace();
            if (place < text.length()) {
                throw bad("the end", place);
            }
        }

        private void skipSpace() {
            while (place < text.length() && Character.isWhitespace(text.charAt(place))) {
                place++;
            }
        }

        private char peek() {
            return place < text.length() ? text.charAt(place) : 0;
        }

        private IllegalArgumentException bad(String expected, int where) {
            return new IllegalArgumentException(
                    "expected " + expected + " at character " + where + " of intrinsic '" + text + "'");
        }
    }

    /** The text of a call as written, or null for an argument. */
    static @Nullable String textOf(Intrinsic intrinsic) {
        return intrinsic instanceof Call call ? call.text() : null;
    }
}
