package io.stepyard.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stepyard.model.job.FailureClass;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.job.RetryPolicy;
import io.stepyard.model.job.RunSpec;
import io.stepyard.model.resource.MemorySize;
import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A1: a malformed job is refused with every fault at once; A19: further attributes are kept. */
class JobReaderTest {

    private static final String FULL = """
            {"schemaVersion": 1, "name": "word-count", "tenant": "research", "priority": 42, "cpu": 1.5, "memory": "2GiB",
             "timeLimit": "10m", "clusters": ["zurich"], "labels": {"zone": "eu"},
             "run": {"kind": "command", "command": ["python3", "count.py"], "workingDirectory": "/data"},
             "environment": {"A": "B"},
             "retry": {"maxAttempts": 5, "backoff": "PT5S", "backoffRate": 1.5, "on": ["USER_ERROR"]},
             "attributes": {"deadline": "soon", "inputs": [1, 2]}}
            """;
    private static final String SMALL = """
            {"schemaVersion": 1, "name": "n", "cpu": 1, "memory": "512MiB", "run": {"kind": "command", "command": ["true"]}}
            """;

    private final JobReader reader = new JobReader();

    @Test
    void shouldReadEveryFieldIntoTheProductsUnits() {
        JobSpec spec = valid(FULL);

        assertThat(spec.name()).isEqualTo("word-count");
        assertThat(spec.tenant()).isEqualTo("research");
        assertThat(spec.priority()).isEqualTo(42);
        assertThat(spec.resources()).isEqualTo(new Resources(1500, 2048));
        assertThat(spec.timeLimit()).isEqualTo(Duration.ofMinutes(10));
        assertThat(spec.clusters()).containsExactly("zurich");
        assertThat(spec.labels()).isEqualTo(Map.of("zone", "eu"));
        assertThat(spec.run()).isEqualTo(new RunSpec.Command(List.of("python3", "count.py"), "/data"));
        assertThat(spec.environment()).isEqualTo(Map.of("A", "B"));
        assertThat(spec.retry())
                .isEqualTo(new RetryPolicy(5, Duration.ofSeconds(5), 1.5, Set.of(FailureClass.USER_ERROR)));
        assertThat(spec.attributes()).containsEntry("deadline", "soon").containsKey("inputs");
    }

    @Test
    void shouldFillInDefaults() {
        JobSpec spec = valid(SMALL);

        assertThat(spec.tenant()).isEqualTo(JobSpec.DEFAULT_TENANT);
        assertThat(spec.priority()).isEqualTo(JobSpec.DEFAULT_PRIORITY);
        assertThat(spec.timeLimit()).isEqualTo(JobSpec.DEFAULT_TIME_LIMIT);
        assertThat(spec.retry()).isEqualTo(RetryPolicy.DEFAULT);
        assertThat(spec.clusters()).isEmpty();
    }

    @Test
    void shouldWriteWhatItReads() {
        assertThat(valid(reader.write(valid(FULL)))).isEqualTo(valid(FULL));
        assertThat(valid(reader.write(valid(SMALL)))).isEqualTo(valid(SMALL));
    }

    @Test
    void shouldNameEveryFaultAtOnceWithPlaceFoundAndExpected() {
        List<Fault> faults = faults("""
                {"schemaVersion": 2, "name": "", "priority": 10000, "cpu": 0, "memory": "lots", "timeLimit": "soon",
                 "run": {"kind": "magic"}, "environment": {"1A": "x"}, "retry": {"maxAttempts": 99}, "colour": "red"}
                """);

        assertThat(faults).extracting(Fault::pointer).contains("/schemaVersion", "/name", "/priority", "/cpu",
                "/memory",
                "/timeLimit", "/run/kind", "/retry/maxAttempts", "/colour");
        assertThat(faults).filteredOn(fault -> fault.pointer().equals("/priority")).singleElement().satisfies(fault -> {
            assertThat(fault.found()).isEqualTo("10000");
            assertThat(fault.expected()).contains("9999");
        });
        assertThat(faults).filteredOn(fault -> fault.pointer().equals("/colour")).singleElement()
                .satisfies(fault -> assertThat(fault.found()).isEqualTo("\"red\""));
    }

    @Test
    void shouldSayWhatIsExpectedInWords() {
        List<Fault> faults = faults(
                """
                        {"schemaVersion": 1, "name": "n", "tenant": "Research Lab", "cpu": 0, "memory": "lots", "timeLimit": "soon",
                         "run": {"kind": "command", "command": []}, "environment": {"1A": "x"}}
                        """);

        assertThat(faults).noneMatch(fault -> fault.expected().contains("regex"))
                .extracting(Fault::pointer, Fault::expected)
                .contains(tuple("/cpu", "a number of at least 0.001"), tuple("/run/command", "at least 1 item(s)"),
                        tuple("/environment", "a name of 1 to 128 letters, digits or '_', the first no digit"));
        assertThat(faults).filteredOn(fault -> fault.pointer().equals("/memory")).singleElement()
                .satisfies(fault -> assertThat(fault.expected()).contains("512MiB"));
        assertThat(faults).filteredOn(fault -> fault.pointer().equals("/timeLimit")).singleElement()
                .satisfies(fault -> assertThat(fault.expected()).contains("30s"));
    }

    @ParameterizedTest
    @CsvSource({"0MiB", "0.000GiB", "00KB"})
    void shouldRefuseMemoryOfZeroAsAFaultOfTheJob(String memory) {
        assertThat(faults(SMALL.replace("512MiB", memory))).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo("/memory");
            assertThat(fault.expected()).contains("above 0");
        });
    }

    @Test
    void shouldRefuseTextThatNoProgramCanBeGiven() {
        assertThat(faults(SMALL.replace("[\"true\"]", "[\"a\\u0000b\"]"))).extracting(Fault::pointer)
                .containsExactly("/run/command/0");
        assertThat(faults(SMALL.replace("\"cpu\"", "\"environment\": {\"A\": \"\\u0000\"}, \"cpu\"")))
                .extracting(Fault::pointer).containsExactly("/environment/A");
        valid(SMALL.replace("[\"true\"]", "[\"two\\nlines\"]"));
    }

    @Test
    void shouldNameEveryMissingField() {
        assertThat(faults("{}")).extracting(Fault::pointer).containsExactlyInAnyOrder("/schemaVersion", "/name", "/cpu",
                "/memory",
                "/run");
        assertThat(faults(SMALL.replace("\"command\": [\"true\"]", "\"workingDirectory\": \"/x\"")))
                .extracting(Fault::pointer)
                .containsExactly("/run/command");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"[1]|[1]", "null|null", "~\"text\"~|~\"text\"~",
            "17|17"})
    void shouldRefuseWhatIsNoObject(String json, String found) {
        assertThat(faults(json)).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEmpty();
            assertThat(fault.found()).isEqualTo(found);
        });
    }

    @Test
    void shouldSayWhereTextStopsBeingJson() {
        assertThat(faults("{\"name\": ")).singleElement()
                .satisfies(fault -> assertThat(fault.found()).contains("line 1"));
        assertThat(faults("{\"a\":1}{}")).singleElement()
                .satisfies(fault -> assertThat(fault.found()).contains("no JSON"));
        assertThat(faults("{\"a\":1,\"a\":2}")).singleElement()
                .satisfies(fault -> assertThat(fault.found()).contains("no JSON"));
        assertThat(faults("")).hasSize(1);
    }

    @Test
    void shouldRefuseTimesThatNoExecutionLivesToSee() {
        assertThat(faults(SMALL.replace("\"cpu\"", "\"timeLimit\": \"366d\", \"cpu\""))).extracting(Fault::pointer)
                .containsExactly("/timeLimit");
        assertThat(faults(SMALL.replace("\"cpu\"", "\"timeLimit\": \"PT0S\", \"cpu\""))).extracting(Fault::pointer)
                .containsExactly("/timeLimit");
        assertThat(faults(SMALL.replace("\"cpu\"", "\"retry\": {\"backoff\": \"25h\"}, \"cpu\"")))
                .extracting(Fault::pointer)
                .containsExactly("/retry/backoff");
    }

    @Test
    void shouldRefuseMoreThanAnExecutionsInputMayHold() {
        String padded = SMALL.replace("\"cpu\"",
                "\"attributes\": {\"x\": \"" + "y".repeat(JobReader.MAX_BYTES) + "\"}, \"cpu\"");

        assertThat(faults(padded)).singleElement().satisfies(fault -> assertThat(fault.expected()).contains("262144"));
    }

    @Test
    void shouldKeepTheSchemasMemoryFormEqualToTheCodes() {
        assertThat(JobReader.schemaText()).contains(MemorySize.PATTERN.replace("\\", "\\\\"));
    }

    @ParameterizedTest
    @CsvSource({"1,1000", "0.001,1", "1.5,1500", "64,64000"})
    void shouldCountCpuInThousandths(String cores, long millicores) {
        assertThat(valid(SMALL.replace("\"cpu\": 1", "\"cpu\": " + cores)).resources().cpuMillicores())
                .isEqualTo(millicores);
    }

    @ParameterizedTest
    @CsvSource({"0.0001", "-1", "1e400", "\"2\"", "0"})
    void shouldRefuseCpuOutsideOfTheForm(String cores) {
        assertThat(faults(SMALL.replace("\"cpu\": 1", "\"cpu\": " + cores))).extracting(Fault::pointer)
                .contains("/cpu");
    }

    private JobSpec valid(String json) {
        assertThat(reader.read(json)).as(json).isInstanceOf(JobReading.Valid.class);
        return ((JobReading.Valid) reader.read(json)).spec();
    }

    private List<Fault> faults(String json) {
        assertThat(reader.read(json)).as(json).isInstanceOf(JobReading.Invalid.class);
        return ((JobReading.Invalid) reader.read(json)).faults();
    }
}
