package io.stepyard.model.lifecycle;

/** A bug: code asked for a transition that the lifecycle's table does not have. */
public final class IllegalTransition extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public IllegalTransition(String subject, String state, String wanted) {
        super("Expected a legal transition of the " + subject + ", but found " + wanted + " in state " + state);
    }
}
