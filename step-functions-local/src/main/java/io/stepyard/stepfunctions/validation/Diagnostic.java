package io.stepyard.stepfunctions.validation;

/**
 * A finding about a definition.
 *
 * @param code
 *            for example {@code SCHEMA_VALIDATION_FAILED}
 * @param message
 *            what is wrong
 * @param location
 *            where, as a path into the definition
 */
public record Diagnostic(String code, String message, String location) {
    /** In the form that CreateStateMachine answers. */
    public String text() {
        return code + ": " + message + " at " + location;
    }
}
