package io.stepyard.stepfunctions.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The recorded scenarios of AWS, where the data is there. */
class ConformanceTest {
    @Test
    void shouldDifferFromAwsOnlyWhereAReasonIsWrittenDown() {
        Path file = Path.of(System.getProperty("stepyard.data", "")).resolve("conformance/asl-scenarios.json");
        assumeTrue(Files.isRegularFile(file), "skipped: there are no recorded scenarios at " + file);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        int exit = new Conformance(new PrintStream(printed, true, StandardCharsets.UTF_8)).run(file, null, false);

        assertThat(exit).as(printed.toString(StandardCharsets.UTF_8)).isZero();
    }
}
