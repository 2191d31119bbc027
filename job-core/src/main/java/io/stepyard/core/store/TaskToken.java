package io.stepyard.core.store;

/** A Step Functions task token. Opaque, up to 2,048 characters, and a secret (I-13): it never prints itself. */
public record TaskToken(String value) {

    public TaskToken {
        if (value.isEmpty() || value.length() > 2048) {
            throw new IllegalArgumentException(
                    "Expected a task token of 1 to 2048 characters, but found " + value.length());
        }
    }

    @Override
    public String toString() {
        return "TaskToken[hidden]";
    }
}
