package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.ErrorNames;
import io.stepyard.stepfunctions.language.EvaluationException;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.JsonPathExpression;
import io.stepyard.stepfunctions.language.JsonataExpression;
import io.stepyard.stepfunctions.language.Timestamps;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** The four forms of waiting, counted from the entry into the state. */
sealed interface WaitUntil {
    /** The longest wait, in seconds. */
    long MAX_SECONDS = 99_999_999;

    /** When the wait is over. */
    Instant due(Frame frame, JsonNode input);

    private static Instant after(Frame frame, long seconds) {
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw EvaluationException.runtime("Wait state delay is " + (seconds < 0 ? "negative." : "too long."));
        }
        return Instant.ofEpochMilli(frame.enteredMillis()).plusSeconds(seconds);
    }

    /** Seconds. */
    record Seconds(long seconds) implements WaitUntil {
        @Override
        public Instant due(Frame frame, JsonNode input) {
            return after(frame, seconds);
        }
    }

    /** SecondsPath. */
    record SecondsAt(JsonPathExpression path) implements WaitUntil {
        @Override
        public Instant due(Frame frame, JsonNode input) {
            JsonNode found = path.find(frame.context(input));
            if (found == null) {
                throw EvaluationException
                        .runtime("The SecondsPath parameter does not reference an input value: " + path.text());
            }
            if (!found.isIntegralNumber() || !found.canConvertToLong()) {
                throw EvaluationException.runtime("The SecondsPath parameter cannot be parsed as a long value: "
                        + path.text() + " == " + (found.isString() ? found.asString() : Json.text(found)));
            }
            if (found.longValue() < 0) {
                throw EvaluationException.runtime("The SecondsPath parameter references a negative value: "
                        + path.text() + " == " + Json.text(found));
            }
            return after(frame, found.longValue());
        }
    }

    /** Timestamp. */
    record At(Instant instant) implements WaitUntil {
        @Override
        public Instant due(Frame frame, JsonNode input) {
            return checked(frame, instant);
        }
    }

    /** TimestampPath. */
    record AtPath(JsonPathExpression path) implements WaitUntil {
        @Override
        public Instant due(Frame frame, JsonNode input) {
            JsonNode found = path.find(frame.context(input));
            if (found == null) {
                throw EvaluationException
                        .runtime("The TimestampPath parameter does not reference an input value: " + path.text());
            }
            Instant instant = found.isString() ? Timestamps.parse(found.asString()) : null;
            if (instant == null) {
                throw EvaluationException.runtime(
                        "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time "
                                + "format string: " + path.text() + " == "
                                + (found.isString() ? found.asString() : Json.text(found)));
            }
            return checked(frame, instant);
        }
    }

    /** Seconds as a JSONata expression. */
    record SecondsOf(JsonataExpression expression) implements WaitUntil {
        @Override
        public Instant due(Frame frame, JsonNode input) {
            JsonNode found = expression.evaluate(frame.scope(null, null), "Seconds", "number");
            if (!found.isIntegralNumber() || !found.canConvertToLong()) {
                throw new EvaluationException(ErrorNames.QUERY_EVALUATION_ERROR,
                        "The Seconds field cannot be parsed as an integer: " + Json.text(found), "Seconds", true);
            }
            return after(frame, found.longValue());
        }
    }

    /** Timestamp as a JSONata expression. */
    record AtOf(JsonataExpression expression) implements WaitUntil {
        @Override
        public Instant due(Frame frame, JsonNode input) {
            JsonNode found = expression.evaluate(frame.scope(null, null), "Timestamp", "string");
            Instant instant = Timestamps.parse(found.asString());
            if (instant == null) {
                throw new EvaluationException(ErrorNames.QUERY_EVALUATION_ERROR,
                        "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: "
                                + found.asString(),
                        "Timestamp", true);
            }
            return checked(frame, instant);
        }
    }

    private static Instant checked(Frame frame, Instant instant) {
        if (instant.isAfter(Instant.ofEpochMilli(frame.enteredMillis()).plusSeconds(MAX_SECONDS))) {
            throw EvaluationException.runtime("Wait state delay is too long.");
        }
        return instant;
    }
}
