package io.stepyard.cli.api;

import java.net.URI;

/** The job API did not answer, or not with anything that makes sense. Says nothing about any job. */
public final class ApiUnreachable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ApiUnreachable(URI base, String found, Throwable cause) {
        super("No answer from the job API at " + base + " (" + found + ")", cause);
    }

    public ApiUnreachable(URI base, String found) {
        super("No usable answer from the job API at " + base + " (" + found + ")");
    }
}
