package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.server.StepFunctionsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Requests as they arrive over HTTP. Source: the constraints and errors of each operation in the AWS Step Functions API
 * reference, in the words that AWS used where it was recorded.
 */
class ApiTest {
    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:m";

    private final EngineFixture fixture = new EngineFixture();
    private final HttpClient client = HttpClient.newHttpClient();
    private StepFunctionsServer server;

    @BeforeEach
    void start() {
        server = StepFunctionsServer.start(fixture.engine, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        fixture.engine.createStateMachine("m", """
                {"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""", EngineFixture.ROLE);
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    private HttpResponse<String> post(String operation, String body) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                .header("X-Amz-Target", "AWSStepFunctions." + operation).POST(HttpRequest.BodyPublishers.ofString(body))
                .build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode refused(String operation, String body) throws Exception {
        HttpResponse<String> answer = post(operation, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return Json.parse(answer.body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "StartExecution|{}|Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null",
            "ListStateMachines|{\"maxResults\":1001}|Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
            "ListActivities|{\"maxResults\":-1}|Value '-1' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 0",
            "ListActivities|{\"nextToken\":\"\"}|Value '' at 'nextToken' failed to satisfy constraint: Member must have length greater than or equal to 1",
            "ValidateStateMachineDefinition|{\"definition\":\"{}\",\"maxResults\":101}|Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
            "CreateStateMachineAlias|{\"name\":\"1\",\"routingConfiguration\":[{\"stateMachineVersionArn\":\"a\",\"weight\":101}]}|Value '1' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern",
            "TagResource|{\"resourceArn\":\"a\",\"tags\":[{\"key\":\"\",\"value\":\"\"}]}|Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
            "TestState|{\"definition\":\"{}\",\"mock\":{\"fieldValidationMode\":\"LAX\"}}|Value 'LAX' at 'mock.fieldValidationMode' failed to satisfy constraint: Member must satisfy enum value set: [STRICT, PRESENT, NONE]"})
    void shouldRefuseWhatBreaksAConstraintOfTheApi(String operation, String body, String problem) throws Exception {
        JsonNode refusal = refused(operation, body);

        assertThat(refusal.path("__type").asString()).isEqualTo("ValidationException");
        assertThat(refusal.path("message").asString()).containsPattern("^\\d validation errors? detected: ")
                .contains(problem);
    }

    @Test
    void shouldNotRepeatWhatMayBeSecret() throws Exception {
        JsonNode refusal = refused("SendTaskFailure",
                "{\"taskToken\":\"t\",\"error\":\"" + "s".repeat(257) + "\"}");

        assertThat(refusal.path("message").asString()).isEqualTo(
                "1 validation error detected: Value at 'error' failed to satisfy constraint: Member must have length less than or equal to 256");
    }

    @Test
    void shouldCountSeveralErrors() throws Exception {
        assertThat(refused("CreateStateMachine", "{}").path("message").asString())
                .startsWith("3 validation errors detected: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"StartExecution|{\"stateMachineArn\":5}",
            "ListStateMachines|{\"maxResults\":\"5\"}", "TagResource|{\"resourceArn\":\"a\",\"tags\":{}}",
            "StartExecution|[]", "StartExecution|{", "StartExecution|nonsense"})
    void shouldRefuseWhatCannotBeRead(String operation, String body) throws Exception {
        assertThat(refused(operation, body).path("__type").asString()).isEqualTo("SerializationException");
    }

    @ParameterizedTest
    @CsvSource({"Nothing", "startExecution", "UpdateMapRunNow", "''"})
    void shouldKnowOnlyItsOperations(String operation) throws Exception {
        assertThat(refused(operation, "{}").path("__type").asString()).isEqualTo("UnknownOperationException");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "DescribeStateMachine|{\"stateMachineArn\":\"%sx\"}|StateMachineDoesNotExist",
            "DescribeExecution|{\"executionArn\":\"arn:aws:states:us-east-1:000000000000:execution:m:none\"}|ExecutionDoesNotExist",
            "DescribeActivity|{\"activityArn\":\"arn:aws:states:us-east-1:000000000000:activity:none\"}|ActivityDoesNotExist",
            "DescribeMapRun|{\"mapRunArn\":\"arn:aws:states:us-east-1:000000000000:mapRun:m/l:1\"}|ResourceNotFound",
            "DescribeStateMachineAlias|{\"stateMachineAliasArn\":\"%s:none\"}|ResourceNotFound",
            "ListTagsForResource|{\"resourceArn\":\"%sx\"}|ResourceNotFound",
            "GetExecutionHistory|{\"executionArn\":\"x\"}|InvalidArn",
            "StartExecution|{\"stateMachineArn\":\"%s\",\"input\":\"{\"}|InvalidExecutionInput",
            "StartSyncExecution|{\"stateMachineArn\":\"%s\"}|StateMachineTypeNotSupported",
            "SendTaskSuccess|{\"taskToken\":\"x y\",\"output\":\"{}\"}|InvalidToken",
            "ListExecutions|{\"stateMachineArn\":\"%s\",\"nextToken\":\"zzz\"}|InvalidToken",
            "CreateStateMachine|{\"name\":\"a b\",\"definition\":\"{}\",\"roleArn\":\"r\"}|InvalidName",
            "CreateStateMachine|{\"name\":\"a\",\"definition\":\"{}\",\"roleArn\":\"arn:aws:iam::1:role/r\"}|InvalidDefinition",
            "ListExecutions|{}|ValidationException"})
    void shouldNameTheErrorAsAwsDoes(String operation, String body, String error) throws Exception {
        assertThat(refused(operation, body.replace("%s", MACHINE)).path("__type").asString()).isEqualTo(error);
    }

    @Test
    void shouldListMapRunsAndTheirChildren() throws Exception {
        String arn = fixture.start(
                """
                        {"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                        "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}""",
                "[1,2]");
        fixture.time.run();

        JsonNode runs = Json.parse(post("ListMapRuns", "{\"executionArn\":\"" + arn + "\"}").body()).path("mapRuns");
        String run = runs.get(0).path("mapRunArn").asString();
        JsonNode described = Json.parse(post("DescribeMapRun", "{\"mapRunArn\":\"" + run + "\"}").body());
        JsonNode children = Json.parse(post("ListExecutions", "{\"mapRunArn\":\"" + run + "\"}").body());

        assertThat(described.path("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(described.path("itemCounts").path("succeeded").asInt()).isEqualTo(2);
        assertThat(described.path("executionCounts").path("total").asInt()).isEqualTo(2);
        assertThat(children.path("executions").size()).isEqualTo(2);
    }
}
