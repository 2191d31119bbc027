package io.stepyard.stepfunctions.server;

import io.stepyard.stepfunctions.ErrorCode;
import io.stepyard.stepfunctions.StepFunctionsException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of a request, with AWS's answers where one is missing or wrong. */
record Request(JsonNode body) {

    /** A text, or null where it is absent. */
    @Nullable
    String text(String field) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw new StepFunctionsException(ErrorCode.SerializationException,
                    "The field '" + field + "' must be a text");
        }
        return value.asString();
    }

    /** A text that must be there. */
    String required(String field) {
        String text = text(field);
        if (text == null) {
            throw invalid("Value null at '" + field + "' failed to satisfy constraint: Member must not be null");
        }
        return text;
    }

    /** A whole number between 0 and a limit; 0 and absence mean the default. */
    int maxResults(int byDefault, int most) {
        JsonNode value = body.get("maxResults");
        if (value == null || value.isNull()) {
            return byDefault;
        }
        long number = value.asLong(-1);
        if (number > most) {
            throw invalid("Value '" + number
                    + "' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to "
                    + most);
        }
        if (number < 0) {
            throw invalid("Value '" + number
                    + "' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 0");
        }
        return number == 0 ? byDefault : (int) number;
    }

    boolean flag(String field, boolean byDefault) {
        JsonNode value = body.get(field);
        return value == null ? byDefault : value.asBoolean(byDefault);
    }

    static StepFunctionsException invalid(String problem) {
        return new StepFunctionsException(ErrorCode.ValidationException, "1 validation error detected: " + problem);
    }
}
