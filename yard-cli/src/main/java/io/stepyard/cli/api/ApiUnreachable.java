package io.stepyard.cli.api;

import java.net.URI;

/** The job API did not answer, or not with anything that makes sense. Says nothing about any job. */
public final class ApiUnreachable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ApiUnreachable(String message, Throwable cause) {
        super(message, cause);
    }

    static ApiUnreachable silent(URI base, String found, Throwable cause) {
        return new ApiUnreachable("No answer from the job API at " + base + " (" + found + ")", cause);
    }

    static ApiUnreachable unusable(URI base, String found, Throwable cause) {
        return new ApiUnreachable("No usable answer from the job API at " + base + " (" + found + ")", cause);
    }
}
