package io.stepyard.cli.start;

import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.service.YardFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The script {@code yard}, which alone knows the class paths and flags of the product's programs. */
public final class Launcher {

    /** Set by the script to its own path. */
    public static final String PROPERTY = "stepyard.launcher";

    private Launcher() {}

    /** The script's path. */
    public static Path path() {
        String launcher = System.getProperty(PROPERTY);
        if (launcher == null) {
            throw new YardFailure(ExitCode.USAGE, "This starts other programs and needs the yard script of the "
                    + "repository: run ./yard");
        }
        return Path.of(launcher);
    }

    /** The repository that the script stands in. */
    public static Path home() {
        Path parent = path().toAbsolutePath().getParent();
        return parent == null ? Path.of("").toAbsolutePath() : parent;
    }

    /** Runs the script in the foreground and returns its exit code. */
    static int run(Surroundings around, List<String> arguments) {
        around.out().flush();
        try {
            return process(arguments).directory(around.directory().toFile()).inheritIO().start().waitFor();
        } catch (IOException failure) {
            throw new YardFailure(ExitCode.INTERNAL, "Cannot run " + path() + ": " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new YardFailure(ExitCode.WAIT_TIMED_OUT, "interrupted", interrupted);
        }
    }

    /**
     * Starts the script beside this program, its output going to a file.
     *
     * @param outlivesTerminal whether it goes on when the terminal is closed
     */
    public static Process start(List<String> arguments, Path directory, File log, boolean outlivesTerminal)
            throws IOException {
        ProcessBuilder builder = process(arguments);
        if (outlivesTerminal) {
            // What a shell ignores stays ignored in the program that takes its place.
            builder.command().addAll(0, List.of("sh", "-c", "trap '' HUP; exec \"$@\"", "yard"));
        }
        return builder.directory(directory.toFile()).redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start();
    }

    private static ProcessBuilder process(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("sh", path().toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
