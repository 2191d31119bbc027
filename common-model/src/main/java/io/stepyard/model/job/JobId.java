package io.stepyard.model.job;

import java.util.regex.Pattern;

/** The rule for a job's id: it is the name of its execution, so AWS's rule for execution names holds (1 to 80 characters). */
public final class JobId {

    public static final int MAX_LENGTH = 80;

    /** Narrower than AWS's rule, so that an id is also a file name, a DNS-like label and safe in a shell. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (MAX_LENGTH - 1) + "}");

    private JobId() {}

    public static boolean isValid(String id) {
        return FORM.matcher(id).matches();
    }

    /** @throws IllegalArgumentException saying what was found and what is expected */
    public static String require(String id) {
        if (!isValid(id)) {
            throw new IllegalArgumentException("Expected a job id of 1 to " + MAX_LENGTH
                    + " letters, digits, '.', '_' or '-' that starts with a letter or digit, but found '" + id + "'");
        }
        return id;
    }
}
