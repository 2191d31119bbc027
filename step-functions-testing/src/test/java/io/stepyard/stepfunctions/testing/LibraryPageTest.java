package io.stepyard.stepfunctions.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.stepfunctions.ExecutionStatus;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.function.HttpLambdaFunction;
import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every Java example of docs/step-functions-library.md stands in these sources, where it is compiled and run. */
class LibraryPageTest {
    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("stepyard.root")));
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void shouldShowExamplesThatAreCompiledAndRun() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(ROOT.resolve("step-functions-testing/src/test/java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
                sources.append(bare(Files.readString(file)));
            }
        }
        List<String> examples = EXAMPLE.matcher(Files.readString(ROOT.resolve("docs/step-functions-library.md")))
                .results().map(found -> found.group(1)).toList();

        assertThat(examples).hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(example -> assertThat(sources).contains(bare(example)));
    }

    /** Line breaks and indentation are the page's own. */
    private static String bare(String text) {
        return text.replaceAll("\\s+", "");
    }

    @Test
    void shouldRunInAProcessThatKeepsItsState(@TempDir Path directory) throws InterruptedException {
        String definition = """
                {"StartAt":"G","States":{"G":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:greet","End":true}}}""";
        String role = "arn:aws:iam::000000000000:role/any";
        FunctionRegistry functions = new FunctionRegistry()
                .register("greet", (payload, context) -> Json.object().put("hello", payload.path("name").asString()))
                .register("remote", new HttpLambdaFunction(
                        URI.create("http://127.0.0.1:9001/2015-03-31/functions/remote/invocations")));

        try (StepFunctionsEngine engine = StepFunctionsEngine.builder().journal(Journal.directory(directory))
                .functions(functions).build()) {
            String machine = engine.createStateMachine("hello", definition, role).stateMachineArn();
            String execution = engine.startExecution(machine, "first", "{\"name\":\"Ada\"}").executionArn();
            while (engine.describeExecution(execution).summary().status() == ExecutionStatus.RUNNING) {
                Thread.onSpinWait();
            }
            assertThat(engine.describeExecution(execution).output()).isEqualTo("{\"hello\":\"Ada\"}");
        }
    }

    @Test
    void shouldShareItsTimeWithWorkOfTheCaller() {
        FunctionRegistry functions = new FunctionRegistry();
        String definition = "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}}}";
        StringBuilder seen = new StringBuilder();
        VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
        StepFunctionsEngine engine = StepFunctionsEngine.builder().virtualTime(time).functions(functions)
                .random(new Random(1)).build();
        String machine = engine.createStateMachine("minute", definition, "role").stateMachineArn();
        String execution = engine.startExecution(machine, "one", "{}").executionArn();
        time.schedule(time.instant().plusSeconds(59), () -> seen.append(engine.openExecutions()));
        time.run();
        assertThat(seen.append(engine.openExecutions()).toString()).isEqualTo("10");
        assertThat(engine.history(execution)).hasSize(4);
    }
}
