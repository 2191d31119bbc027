package io.stepyard.cli.submit;

import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.YardFailure;
import io.stepyard.core.job.Fault;
import io.stepyard.core.job.JobReader;
import io.stepyard.core.job.JobReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job as it will be submitted.
 *
 * @param label what the user called it: the file's path as it was written
 * @param json the job JSON; a relative {@code run.workingDirectory} has been made absolute, relative to the file's directory
 * @param name the job's own name; empty when it has none
 * @param faults everything that is wrong with it
 */
public record JobFile(String label, String json, String name, List<Fault> faults) {

    /** Where a job JSON is read from standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final JsonMapper MAPPER = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    public JobFile {
        faults = List.copyOf(faults);
    }

    /**
     * Reads and checks a job file.
     *
     * @param directory what a relative path is relative to
     * @throws YardFailure with {@link ExitCode#USAGE} when there is no such file or it cannot be read
     */
    public static JobFile read(String label, Path directory, JobReader reader) {
        try {
            if (label.equals(STANDARD_INPUT)) {
                return of(label, text(System.in), directory, reader);
            }
            Path path = directory.resolve(label).normalize();
            try (InputStream in = Files.newInputStream(path)) {
                return of(label, text(in), parent(path), reader);
            }
        } catch (NoSuchFileException missing) {
            throw new YardFailure(ExitCode.USAGE, "There is no file '" + label + "': name a job JSON, or '-' for "
                    + "standard input", missing);
        } catch (IOException unreadable) {
            throw new YardFailure(ExitCode.USAGE, "Cannot read '" + label + "': " + unreadable.getMessage(),
                    unreadable);
        }
    }

    /** The same for text that is already there. */
    static JobFile of(String label, String text, Path directory, JobReader reader) {
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JacksonException notJson) {
            // The reader tells the fault with its place in the text.
            return new JobFile(label, text, "", faults(reader.read(text)));
        }
        if (node.path("run") instanceof ObjectNode run && run.path("workingDirectory").isString()) {
            String stated = run.path("workingDirectory").stringValue();
            run.put("workingDirectory", directory.toAbsolutePath().resolve(stated).normalize().toString());
        }
        String json = MAPPER.writeValueAsString(node);
        return new JobFile(label, json, node.path("name").asString(""), faults(reader.read(json)));
    }

    public boolean isValid() {
        return faults.isEmpty();
    }

    private static List<Fault> faults(JobReading reading) {
        return switch (reading) {
            case JobReading.Valid valid -> List.of();
            case JobReading.Invalid invalid -> invalid.faults();
        };
    }

    /** One byte more than a job may have is enough to see that it is too long. */
    private static String text(InputStream in) throws IOException {
        return new String(in.readNBytes(JobReader.MAX_BYTES + 1), StandardCharsets.UTF_8);
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }
}
