package io.stepyard.stepfunctions;

/**
 * A task for a worker.
 *
 * @param taskToken
 *            answers it
 * @param input
 *            JSON text
 */
public record ActivityTask(String taskToken, String input) {

    /** Nothing of it may be shown. */
    @Override
    public String toString() {
        return "ActivityTask[…]";
    }
}
