package io.stepyard.stepfunctions.interpreter;

/** A state machine definition that cannot be used; the message says where and why in the form AWS gives it. */
public final class DefinitionException extends RuntimeException {
    public DefinitionException(String message) {
        super(message);
    }
}
