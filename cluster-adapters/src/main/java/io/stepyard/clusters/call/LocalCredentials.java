package io.stepyard.clusters.call;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Secrets from a file ({@code file:/path}) or from an environment variable ({@code env:NAME}), read each time: both may change. */
public final class LocalCredentials implements Credentials {

    private static final String FILE = "file:";
    private static final String VARIABLE = "env:";

    private final Map<String, String> environment;

    /** @param environment the variables that {@code env:} reads */
    public LocalCredentials(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<String> secret(String reference, boolean fresh) {
        if (reference.startsWith(FILE)) {
            return text(Path.of(reference.substring(FILE.length())));
        }
        if (reference.startsWith(VARIABLE)) {
            return Optional.ofNullable(environment.get(reference.substring(VARIABLE.length())));
        }
        return Optional.empty();
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (IOException unreadable) {
            // Whoever asks says so, with the reference and without what may be in the message.
            return Optional.empty();
        }
    }
}
