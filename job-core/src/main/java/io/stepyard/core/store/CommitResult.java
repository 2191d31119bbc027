package io.stepyard.core.store;

/** Whether a transaction happened. A conflict is expected and is no failure: read again and decide again. */
public sealed interface CommitResult {

    record Committed() implements CommitResult {}

    /**
     * Nothing was written.
     *
     * @param index position of a write whose expectation did not hold, 0 is the first; -1 when another transaction was in the way
     * @param detail what was expected, for logs
     */
    record Conflict(int index, String detail) implements CommitResult {}

    default boolean isCommitted() {
        return this instanceof Committed;
    }
}
