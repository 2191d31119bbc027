package io.stepyard.core.job;

/** The execution carries a grant that is not the job's present one: it has to ask the queue again. The state machine catches this by name. */
public final class GrantExpired extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public GrantExpired(String message) {
        super(message);
    }
}
