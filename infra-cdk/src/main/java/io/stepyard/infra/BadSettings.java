package io.stepyard.infra;

/** A setting that cannot be deployed; the message is one line with the setting, what was found and what is expected. */
public final class BadSettings extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    BadSettings(String setting, Object found, String expected) {
        super(setting + ": found " + found + "; expected " + expected);
    }

    static void require(boolean holds, String setting, Object found, String expected) {
        if (!holds) {
            throw new BadSettings(setting, found, expected);
        }
    }
}
