package io.stepyard.cli;

import io.stepyard.cli.service.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Runs command lines in surroundings of their own; time passes only when a command pauses. */
public final class Shell {

    public static final Instant START = Instant.parse("2026-11-21T10:15:00Z");

    /** A command that pauses more often is stopped as Ctrl-C would: by an interrupt. */
    public static final int PATIENCE = 200;

    private final Map<String, String> environment = new HashMap<>();
    private final Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Instant now = START;
    private int pauses;

    public Shell(Path directory) {
        this.directory = directory;
    }

    public Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public static Shell at(FakeServices services, Path directory) {
        return new Shell(directory).with("STEPYARD_API", services.url()).with("STEPYARD_ENDPOINT", services.url());
    }

    public int run(String... words) {
        return new Yard(surroundings()).run(words);
    }

    public Surroundings surroundings() {
        return new Surroundings(new PrintWriter(out), new PrintWriter(err), environment, directory,
                Surroundings.Screen.PLAIN, () -> now, this::pause, new SplittableRandom(7));
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }

    public int pauses() {
        return pauses;
    }

    public Duration elapsed() {
        return Duration.between(START, now);
    }

    private void pause(Duration duration) {
        now = now.plus(duration);
        pauses++;
        if (pauses > PATIENCE) {
            Thread.currentThread().interrupt();
        }
    }
}
