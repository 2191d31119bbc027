package io.stepyard.function;

/** A service's function could not be put together from its settings. */
final class CompositionFailed extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    CompositionFailed(String function, RuntimeException cause) {
        super("The function " + function + " cannot be put together: " + cause.getMessage(), cause);
    }
}
