package io.stepyard.cli.demo;

import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.YardFailure;
import io.stepyard.cli.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;

/** The list of examples: {@code examples/demo.json}. */
record Manifest(int version, List<Entry> jobs) {

    static final int VERSION = 1;

    /**
     * One example.
     *
     * @param file job file, relative to the manifest
     * @param delaySeconds when to submit it, from the start of the demo
     */
    record Entry(String file, double delaySeconds, Expectation expect) {

        Duration delay() {
            return Duration.ofMillis(Math.round(delaySeconds * 1000));
        }
    }

    Manifest {
        jobs = List.copyOf(jobs);
    }

    /** @throws YardFailure with {@link ExitCode#USAGE} when the file is not there or is no manifest of this version */
    static Manifest read(Path file) {
        try {
            Manifest manifest = Json.MAPPER.readValue(Files.readString(file), Manifest.class);
            if (manifest.version() != VERSION || manifest.jobs().isEmpty()) {
                throw new YardFailure(ExitCode.USAGE, "Expected " + file + " to be of version " + VERSION
                        + " with at least one job, but found version " + manifest.version() + " with "
                        + manifest.jobs().size());
            }
            return manifest;
        } catch (IOException missing) {
            throw new YardFailure(ExitCode.USAGE, "Cannot read the list of examples " + file + ": name its directory "
                    + "with --examples", missing);
        } catch (JacksonException unreadable) {
            throw new YardFailure(ExitCode.USAGE, "Cannot read " + file + ": " + unreadable.getOriginalMessage(),
                    unreadable);
        }
    }
}
