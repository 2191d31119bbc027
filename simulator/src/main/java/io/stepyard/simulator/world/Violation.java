package io.stepyard.simulator.world;

/** A promise was broken: the world stops here. An error, so that no handler of the product takes it for a fault of the world. */
final class Violation extends Error {

    private static final long serialVersionUID = 1L;

    private final String promise;
    private final String subject;

    /**
     * @param promise number of the invariant, for instance {@code I-2}
     * @param subject the job or cluster it is about
     */
    Violation(String promise, String subject, String text) {
        super(promise + " " + subject + ": " + text, null, false, true);
        this.promise = promise;
        this.subject = subject;
    }

    String promise() {
        return promise;
    }

    String subject() {
        return subject;
    }
}
