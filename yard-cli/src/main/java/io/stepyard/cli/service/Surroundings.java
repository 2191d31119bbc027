package io.stepyard.cli.service;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a command finds around it, handed in so that tests decide it.
 *
 * @param out where answers go
 * @param err where errors and progress go
 * @param environment environment variables
 * @param directory what relative paths are relative to
 * @param screen what is known about the terminal
 * @param clock the time
 * @param pause how to wait
 * @param random the source of the last part of new job ids
 */
public record Surroundings(PrintWriter out, PrintWriter err, Map<String, String> environment, Path directory,
        Screen screen, InstantSource clock, Pause pause, RandomGenerator random) {

    /**
     * The terminal.
     *
     * @param interactive whether lines may be drawn over
     * @param unicode whether block characters can be shown
     */
    public record Screen(boolean interactive, boolean unicode, int columns, int rows) {

        public static final Screen PLAIN = new Screen(false, false, 120, 40);
    }

    public Surroundings {
        environment = Map.copyOf(environment);
    }
}
