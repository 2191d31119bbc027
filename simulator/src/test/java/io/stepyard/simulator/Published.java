package io.stepyard.simulator;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The measured logs and published figures, which the repository does not carry. */
final class Published {

    private static final Path TRACES = Path.of(System.getProperty("stepyard.data", "../shared")).resolve("traces");

    private Published() {}

    /** Skips the test, and says so, when the file is not there. */
    static Path file(String name) {
        Path file = TRACES.resolve(name);
        if (!Files.isRegularFile(file)) {
            System.out.println("SKIPPED: no " + file + " (property stepyard.data says where the logs are)");
            abort("no " + file);
        }
        return file;
    }

    static JsonNode expected() throws IOException {
        return new ObjectMapper().readTree(Files.readString(file("expected.json")));
    }

    static Path log(String trace) {
        return file(switch (trace) {
            case "KTH-SP2", "KTH" -> "KTH-SP2-1996-uncleaned.swf.gz";
            case "CTC-SP2", "CTC" -> "CTC-SP2-1996-3.1-cln.swf.gz";
            case "SDSC-SP2" -> "SDSC-SP2-1998-4.2-cln.swf.gz";
            case "HPC2N" -> "HPC2N-2002-2.2-cln.swf.gz";
            default -> throw new IllegalArgumentException("No log is known for " + trace);
        });
    }
}
