package io.stepyard.core.store;

/**
 * A named text that the queue manager keeps as one row: what tenants may have, what they have used.
 *
 * @param version counts the writes of this row; the first is 1
 * @param body JSON, at most {@value #MAX_CHARACTERS} characters
 */
public record Document(String name, long version, String body) {

    /** Well within one item of DynamoDB, in any alphabet. */
    public static final int MAX_CHARACTERS = 100_000;

    public Document {
        if (name.isEmpty() || version < 1 || body.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("Expected a document with a name, a version of 1 or more and at most "
                    + MAX_CHARACTERS + " characters, but found '" + name + "' at version " + version + " with "
                    + body.length());
        }
    }
}
