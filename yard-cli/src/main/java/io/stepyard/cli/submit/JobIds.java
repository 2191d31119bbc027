package io.stepyard.cli.submit;

import io.stepyard.model.job.JobId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Makes ids for jobs whose user did not choose one: readable, sortable by time within a name, unique enough by four random characters. */
public final class JobIds {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss")
            .withZone(ZoneOffset.UTC);
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int RANDOM_CHARACTERS = 4;
    /** Leaves room for {@code -20261121-101500-k3f9}. */
    private static final int MAX_NAME = JobId.MAX_LENGTH - 17 - RANDOM_CHARACTERS;

    private JobIds() {}

    public static String next(String name, Instant now, RandomGenerator random) {
        String stem = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
        stem = stem.isEmpty() ? "job" : stem.substring(0, Math.min(stem.length(), MAX_NAME));
        StringBuilder id = new StringBuilder(stem).append('-').append(STAMP.format(now)).append('-');
        for (int character = 0; character < RANDOM_CHARACTERS; character++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return JobId.require(id.toString());
    }
}
