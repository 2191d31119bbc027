package io.stepyard.stepfunctions.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.interpreter.TaskCall;
import io.stepyard.stepfunctions.interpreter.TaskOutcome;
import io.stepyard.stepfunctions.interpreter.TaskResource;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Buckets that are directories: what distributed Maps read and write, and nothing beside it. */
class LocalObjectsTest {
    private static final String MAP = """
            {"StartAt":"M","States":{"M":{"Type":"Map","ItemReader":{"Resource":"arn:aws:states:::s3:%s",
            "ReaderConfig":%s,"Parameters":{"Bucket":"data",%s}},
            "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
            "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},%s"End":true}}}""";

    @TempDir
    Path root = Path.of("");

    @BeforeEach
    void makeABucket() throws IOException {
        Files.createDirectories(root.resolve("data/in"));
    }

    private TaskOutcome call(String action, String parameters) {
        TaskResource resource = Objects.requireNonNull(TaskResource.parse("arn:aws:states:::s3:" + action));
        return LocalObjects.in(root).call(
                new TaskCall("arn:aws:states:us-east-1:000000000000:execution:m:e", "S", 1, resource,
                        Json.parse(parameters), null, null),
                answer -> {
                });
    }

    private JsonNode answer(String action, String parameters) {
        return call(action, parameters) instanceof TaskOutcome.Succeeded(JsonNode output)
                ? output
                : Json.nodes().stringNode(call(action, parameters).toString());
    }

    private String run(String definition) {
        VirtualTime time = new VirtualTime(Instant.EPOCH);
        StepFunctionsEngine engine = StepFunctionsEngine.builder().virtualTime(time).functions(new FunctionRegistry())
                .services(new ServiceRegistry().register("s3", LocalObjects.in(root))).random(new Random(1)).build();
        String machine = engine.createStateMachine("m", definition, "role").stateMachineArn();
        String execution = engine.startExecution(machine, "e", "{}").executionArn();
        time.run();
        var ended = engine.describeExecution(execution);
        return ended.output() == null ? ended.error() + ": " + ended.cause() : ended.output();
    }

    @Test
    void shouldMapOverAnArrayInAFile() throws IOException {
        Files.writeString(root.resolve("data/in/items.json"), "[{\"n\":1},{\"n\":2},{\"n\":3}]");

        assertThat(run(MAP.formatted("getObject", "{\"InputType\":\"JSON\",\"MaxItems\":2}",
                "\"Key\":\"in/items.json\"", ""))).isEqualTo("[{\"n\":1},{\"n\":2}]");
    }

    @Test
    void shouldMapOverTheFieldsOfAnObjectInAFile() throws IOException {
        Files.writeString(root.resolve("data/in/object.json"), "{\"a\":1,\"b\":{\"c\":2}}");

        assertThat(run(MAP.formatted("getObject", "{\"InputType\":\"JSON\"}", "\"Key\":\"in/object.json\"", "")))
                .isEqualTo("[{\"Key\":\"a\",\"Value\":1},{\"Key\":\"b\",\"Value\":{\"c\":2}}]");
    }

    @Test
    void shouldMapOverLinesAndRowsOfFiles() throws IOException {
        Files.writeString(root.resolve("data/l.jsonl"), "{\"n\":1}\n\n[2]\n");
        Files.writeString(root.resolve("data/t.csv"), "id,name\n1,\"Ada, Countess\"\n2,Bob\n");

        assertThat(run(MAP.formatted("getObject", "{\"InputType\":\"JSONL\"}", "\"Key\":\"l.jsonl\"", "")))
                .isEqualTo("[{\"n\":1},[2]]");
        assertThat(run(MAP.formatted("getObject", "{\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"FIRST_ROW\"}",
                "\"Key\":\"t.csv\"", "")))
                .isEqualTo("[{\"id\":\"1\",\"name\":\"Ada, Countess\"},{\"id\":\"2\",\"name\":\"Bob\"}]");
    }

    @Test
    void shouldMapOverTheListOfObjectsUnderAPrefixInOrder() throws IOException {
        Files.writeString(root.resolve("data/in/b"), "22");
        Files.writeString(root.resolve("data/in/a"), "1");
        Files.writeString(root.resolve("data/other"), "");

        JsonNode listed = Json.parse(run(MAP.formatted("listObjectsV2", "{}", "\"Prefix\":\"in/\"", "")));

        assertThat(listed).extracting(object -> object.path("Key").asString() + " " + object.path("Size"))
                .containsExactly("in/a 1", "in/b 2");
        assertThat(listed.get(0).path("Etag").asString()).isEqualTo("\"c4ca4238a0b923820dcc509a6f75849b\"");
    }

    @Test
    void shouldWriteTheResultsOfAMapIntoAnotherBucket() throws IOException {
        Files.createDirectories(root.resolve("results"));
        Files.writeString(root.resolve("data/in/items.json"), "[1,2]");

        JsonNode output = Json.parse(run(MAP.formatted("getObject", "{\"InputType\":\"JSON\"}",
                "\"Key\":\"in/items.json\"",
                "\"ResultWriter\":{\"Resource\":\"arn:aws:states:::s3:putObject\",\"Parameters\":{\"Bucket\":\"results\",\"Prefix\":\"jobs\"}},")));

        JsonNode where = output.path("ResultWriterDetails");
        assertThat(where.path("Bucket").asString()).isEqualTo("results");
        assertThat(root.resolve("results").resolve(where.path("Key").asString())).isRegularFile();
        try (Stream<Path> files = Files.walk(root.resolve("results"))) {
            assertThat(files.filter(Files::isRegularFile)).allSatisfy(file -> assertThat(Json.parse(Files
                    .readString(file))).isNotNull());
        }
    }

    @Test
    void shouldGiveBackWhatWasPut() {
        assertThat(answer("putObject", "{\"Bucket\":\"data\",\"Key\":\"x/y z.txt\",\"Body\":\"grüezi\"}").has("ETag"))
                .isTrue();
        assertThat(answer("getObject", "{\"Bucket\":\"data\",\"Key\":\"x/y z.txt\"}").path("Body").asString())
                .isEqualTo("grüezi");
        answer("putObject", "{\"Bucket\":\"data\",\"Key\":\"j\",\"Body\":{\"a\":1}}");
        assertThat(answer("getObject", "{\"Bucket\":\"data\",\"Key\":\"j\"}").path("Body").asString())
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void shouldNameWhatIsMissing() {
        assertThat(run(MAP.formatted("getObject", "{}", "\"Key\":\"none\"", "")))
                .startsWith("States.ItemReaderFailed: The specified key does not exist");
        assertThat(call("getObject", "{\"Bucket\":\"none\",\"Key\":\"k\"}").toString())
                .contains("S3.NoSuchBucketException");
        assertThat(call("deleteObject", "{\"Bucket\":\"data\",\"Key\":\"k\"}").toString())
                .contains("not available in this engine");
        assertThat(call("getObject", "{\"Bucket\":\"data\"}").toString()).contains("S3.InvalidKeyException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "in/../../secret", "/etc/hostname", "link/secret", "in", ".", "", "a\\u0000b"})
    void shouldNeitherReadNorWriteOutsideItsBuckets(String key) throws IOException {
        Path outside = Files.createDirectories(root.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "s");
        Files.createSymbolicLink(root.resolve("data/link"), outside);
        String parameters = "{\"Bucket\":\"data\",\"Body\":\"changed\",\"Key\":\"" + key + "\"}";

        assertThat(call("getObject", parameters)).isInstanceOf(TaskOutcome.Failed.class);
        assertThat(call("putObject", parameters)).isInstanceOf(TaskOutcome.Failed.class);
        assertThat(outside.resolve("secret")).hasContent("s");
        assertThat(root.resolve("secret")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "a/b", "/etc"})
    void shouldTakeNoPathForABucket(String bucket) {
        assertThat(call("getObject", "{\"Bucket\":\"" + bucket + "\",\"Key\":\"k\"}").toString())
                .contains("S3.InvalidBucketNameException");
    }
}
