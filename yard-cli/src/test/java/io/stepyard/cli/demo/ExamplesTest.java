package io.stepyard.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.cli.submit.JobFile;
import io.stepyard.core.job.Fault;
import io.stepyard.core.job.JobReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The examples that the repository ships, as far as they can be judged without running them. */
class ExamplesTest {

    private static final Path EXAMPLES = Path.of(Objects.requireNonNull(System.getProperty("stepyard.root")))
            .resolve("examples");

    static List<Manifest.Entry> entries() {
        return Manifest.read(EXAMPLES.resolve("demo.json")).jobs();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void shouldHaveExactlyTheFaultsThatItsManifestExpects(Manifest.Entry entry) {
        JobFile job = JobFile.read(entry.file(), EXAMPLES, new JobReader());

        assertThat(job.faults().stream().map(Fault::pointer).distinct())
                .containsExactlyInAnyOrderElementsOf(entry.expect().faults());
    }

    static List<Manifest.Entry> acceptable() {
        return entries().stream().filter(entry -> !entry.expect().isRefusal()).toList();
    }

    @ParameterizedTest
    @MethodSource("acceptable")
    void shouldRunAScriptThatIsThere(Manifest.Entry entry) {
        JsonNode run = JsonMapper.shared().readTree(JobFile.read(entry.file(), EXAMPLES, new JobReader()).json())
                .path("run");

        assertThat(Path.of(run.path("workingDirectory").stringValue(), run.path("command").path(1).stringValue()))
                .isRegularFile();
    }

    @Test
    void shouldListEveryJobFileOfItsDirectoryOnce() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            List<String> jobs = new ArrayList<>(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json")).toList());
            jobs.remove("demo.json");

            assertThat(entries().stream().map(Manifest.Entry::file)).containsExactlyInAnyOrderElementsOf(jobs)
                    .hasSizeGreaterThanOrEqualTo(14);
        }
    }

    @Test
    void shouldShowThreeTenantsAndEveryKindOfEnd() {
        TreeSet<String> tenants = new TreeSet<>();
        TreeSet<String> states = new TreeSet<>();
        for (Manifest.Entry entry : entries()) {
            states.add(entry.expect().state());
            if (!entry.expect().isRefusal()) {
                tenants.add(JsonMapper.shared().readTree(JobFile.read(entry.file(), EXAMPLES, new JobReader()).json())
                        .path("tenant").stringValue());
            }
        }

        assertThat(tenants).hasSize(3);
        assertThat(states).containsExactly("FAILED", "REFUSED", "SUCCEEDED", "TIMED_OUT");
        assertThat(entries().stream().filter(entry -> entry.expect().overtakes() > 0)).hasSizeGreaterThanOrEqualTo(2);
    }
}
