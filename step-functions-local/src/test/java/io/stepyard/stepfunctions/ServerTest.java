package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.server.StepFunctionsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

/** The server, spoken to by the unmodified AWS SDK. */
class ServerTest {
    private static final String DEFINITION = """
            {"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
            "Parameters":{"FunctionName":"ask","Payload":{"token.$":"$$.Task.Token"}},"TimeoutSeconds":60,"End":true}}}""";

    private static SfnClient client(int port) {
        return SfnClient.builder().endpointOverride(URI.create("http://127.0.0.1:" + port)).region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create()).build();
    }

    @Test
    void shouldServeTheAwsSdkFromCreationToHistoryAndOverARestart(@TempDir Path directory) throws Exception {
        CompletableFuture<String> token = new CompletableFuture<>();
        FunctionRegistry functions = new FunctionRegistry().register("ask", (payload, context) -> {
            token.complete(payload.path("token").asString());
            return Json.object();
        });
        String execution;
        try (StepFunctionsEngine engine = StepFunctionsEngine.builder().functions(functions)
                .journal(Journal.directory(directory)).build();
                StepFunctionsServer server = StepFunctionsServer.start(engine,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SfnClient sfn = client(server.port())) {
            String machine = sfn.createStateMachine(r -> r.name("jobs").definition(DEFINITION).roleArn("role"))
                    .stateMachineArn();
            execution = sfn.startExecution(r -> r.stateMachineArn(machine).name("one").input("{\"a\":1}"))
                    .executionArn();
            assertThat(token.get(10, TimeUnit.SECONDS)).isNotEmpty();
            assertThat(sfn.listExecutions(r -> r.stateMachineArn(machine)).executions()).hasSize(1);
            assertThatThrownBy(() -> sfn.sendTaskHeartbeat(r -> r.taskToken("x")))
                    .isInstanceOf(InvalidTokenException.class);
            assertThatThrownBy(() -> sfn.describeStateMachine(r -> r.stateMachineArn(machine + "x")))
                    .isInstanceOf(StateMachineDoesNotExistException.class);
            assertThatThrownBy(() -> sfn.updateMapRun(r -> r.mapRunArn("arn:aws:states:x")))
                    .isInstanceOfSatisfying(SfnException.class, e -> assertThat(e.awsErrorDetails().errorCode())
                            .isEqualTo("UnknownOperationException"));
        }
        try (StepFunctionsEngine engine = StepFunctionsEngine.builder().functions(functions)
                .journal(Journal.directory(directory)).build();
                StepFunctionsServer server = StepFunctionsServer.start(engine,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SfnClient sfn = client(server.port())) {
            sfn.sendTaskSuccess(r -> r.taskToken(token.join()).output("{\"b\":2}"));

            assertThat(sfn.describeExecution(r -> r.executionArn(execution)).output()).isEqualTo("{\"b\":2}");
            List<HistoryEventType> types = sfn
                    .getExecutionHistory(r -> r.executionArn(execution).reverseOrder(true).maxResults(2)).events()
                    .stream().map(e -> e.type()).toList();
            assertThat(types).containsExactly(HistoryEventType.EXECUTION_SUCCEEDED, HistoryEventType.TASK_STATE_EXITED);
        }
    }

    @Test
    void shouldGiveSpaceBackAndKeepWhatIsOpen(@TempDir Path directory) throws IOException {
        String definition = """
                {"StartAt":"P","States":{"P":{"Type":"Pass","Next":"W"},"W":{"Type":"Wait","SecondsPath":"$.s","End":true}}}""";
        String open;
        String machine;
        long before;
        try (StepFunctionsEngine engine = StepFunctionsEngine.builder().retention(Duration.ZERO)
                .journal(Journal.directory(directory, 10_000)).build()) {
            machine = engine.createStateMachine("m", definition, "role").stateMachineArn();
            open = engine.startExecution(machine, "open", "{\"s\":1000}").executionArn();
            for (int i = 0; i < 500; i++) {
                engine.startExecution(machine, "e" + i, "{\"s\":0}");
            }
            before = bytesIn(directory);
            for (int i = 0; i < 20; i++) {
                engine.compact();
            }
            assertThat(engine.history(open)).hasSize(4);
        }
        assertThat(bytesIn(directory)).isLessThan(before / 2);
        try (StepFunctionsEngine engine = StepFunctionsEngine.builder().journal(Journal.directory(directory, 10_000))
                .build()) {
            assertThat(engine.listExecutions(machine, ExecutionStatus.RUNNING, 10, null).items())
                    .extracting(ExecutionSummary::executionArn).containsExactly(open);
            assertThat(engine.history(open)).hasSize(4);
            assertThat(engine.describeStateMachine(machine).definition()).isEqualTo(definition);
        }
    }

    private static long bytesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void shouldRefuseWhatAWebPageSends() throws Exception {
        try (StepFunctionsEngine engine = StepFunctionsEngine.builder().build();
                StepFunctionsServer server = StepFunctionsServer.start(engine,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest program = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()))
                    .header("X-Amz-Target", "AWSStepFunctions.ListStateMachines")
                    .POST(HttpRequest.BodyPublishers.ofString("{}")).build();
            HttpRequest page = HttpRequest.newBuilder(program, (name, value) -> true)
                    .header("Origin", "http://evil.example").build();

            assertThat(http.send(program, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(200);
            assertThat(http.send(page, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void shouldRefuseASecondEngineOnTheSameJournal(@TempDir Path directory) {
        try (StepFunctionsEngine engine = StepFunctionsEngine.builder().journal(Journal.directory(directory))
                .build()) {
            assertThat(engine.openExecutions()).isZero();
            assertThatThrownBy(() -> Journal.directory(directory)).hasMessageContaining("in use by another engine");
        }
    }
}
