package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.stepfunctions.interpreter.StateTestRequest;
import io.stepyard.stepfunctions.language.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * TestState. Source: TestState, InspectionData, MockInput and TestStateConfiguration of the AWS API reference; "Testing state
 * machines with the TestState API" of the developer guide.
 */
class StateTestingTest {
    private static final String DISTRIBUTED = "\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},";
    private static final String PASS_CHAIN = "\"StartAt\":\"I\",\"States\":{\"I\":{\"Type\":\"Pass\",\"End\":true}}";

    private final EngineFixture fixture = new EngineFixture();

    private ObjectNode test(String definition, String input, @Nullable String mock, @Nullable String configuration) {
        return fixture.engine.testState(new StateTestRequest(Json.parse(definition), null, Json.parse(input), true,
                mock == null ? null : Json.parse(mock), configuration == null ? null : Json.parse(configuration), null,
                null), null, false);
    }

    private static String mock(String result) {
        return Json.text(Json.object().put("result", result));
    }

    private static String task(String resource) {
        return "{\"Type\":\"Task\",\"Resource\":\"" + resource + "\",\"End\":true}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "states:startExecution|{}|Required field 'ExecutionArn' is missing",
            "states:startExecution|{\"executionArn\":\"a\",\"startDate\":\"b\"}|Required field 'ExecutionArn' is missing",
            "states:startExecution|{\"ExecutionArn\":\"a\",\"StartDate\":true}|Field 'StartDate' must be a string",
            "states:startExecution|{\"ExecutionArn\":\"a\",\"StartDate\":1764103483}|Field 'StartDate' must be a string",
            "lambda:invoke|{\"StatusCode\":\"200\"}|Field 'StatusCode' must be a number",
            "dynamodb:putItem|{\"ConsumedCapacity\":{\"CapacityUnits\":\"1.5\"}}|Field 'CapacityUnits' must be a number",
            "aws-sdk:kms:encrypt|{\"CiphertextBlob\":123}|Field 'CiphertextBlob' must be a string",
            "sqs:sendMessage|{\"MessageId\":{\"a\":1}}|Field 'MessageId' must be a string",
            "aws-sdk:lambda:getFunction|{\"Tags\":[1]}|Field 'Tags' must be an object",
            "aws-sdk:s3:getObject|{\"DeleteMarker\":\"yes\"}|Field 'DeleteMarker' must be a boolean"})
    void shouldCheckAMockAgainstTheResponseOfTheService(String call, String result, String problem) {
        assertThat(Refusals.of(() -> test(task("arn:aws:states:::" + call), "{}", mock(result), null)))
                .isEqualTo("ValidationException: Mock result schema validation error: " + problem);
    }

    @Test
    void shouldCheckOnlyWhatIsThereInPresentModeAndNothingInNone() {
        String task = task("arn:aws:states:::states:startExecution");
        String present = "{\"result\":\"%s\",\"fieldValidationMode\":\"%s\"}";

        assertThat(test(task, "{}", present.formatted("{}", "PRESENT"), null).path("status").asString())
                .isEqualTo("SUCCEEDED");
        assertThat(test(task, "{}", present.formatted("{\\\"StartDate\\\":1}", "NONE"), null).path("status").asString())
                .isEqualTo("SUCCEEDED");
        assertThat(Refusals.of(() -> test(task, "{}", present.formatted("{\\\"StartDate\\\":1}", "PRESENT"), null)))
                .contains("must be a string");
    }

    @Test
    void shouldNotCheckWhatNoServiceAnswers() {
        assertThat(
                test(task("arn:aws:states:::sqs:sendMessage.waitForTaskToken"), "{}", mock("[1]"), null).path("output")
                        .asString())
                .isEqualTo("[1]");
        assertThat(test(task("arn:aws:states:::aws-sdk:nosuchservice:call"), "{}", mock("{\"a\":1}"), null)
                .path("status").asString()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"Wait|\"Seconds\":1,\"End\":true",
            "Choice|\"Choices\":[{\"Variable\":\"$\",\"IsNull\":true,\"Next\":\"X\"}]",
            "Succeed|\"Comment\":\"c\"", "Fail|\"Comment\":\"c\"", "Pass|\"End\":true"})
    void shouldMockOnlyStatesThatDoSomethingOutside(String type, String fields) {
        assertThat(Refusals.of(() -> test("{\"Type\":\"" + type + "\"," + fields + "}", "{}", mock("{}"), null)))
                .isEqualTo("ValidationException: State type '" + type
                        + "' is not supported when a mock is specified");
    }

    @Test
    void shouldShowEveryStepOfTheData() {
        JsonNode data = test(
                """
                        {"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f","InputPath":"$.a","Parameters":{"p.$":"$.b"},
                        "ResultSelector":{"s.$":"$.r"},"ResultPath":"$.out","OutputPath":"$.out","Next":"N"}""",
                "{\"a\":{\"b\":1}}", mock("{\"r\":2}"), null);

        assertThat(data.path("output").asString()).isEqualTo("{\"s\":2}");
        assertThat(data.path("nextState").asString()).isEqualTo("N");
        JsonNode steps = data.path("inspectionData");
        assertThat(steps.path("afterInputPath").asString()).isEqualTo("{\"b\":1}");
        assertThat(steps.path("afterParameters").asString()).isEqualTo("{\"p\":1}");
        assertThat(steps.path("result").asString()).isEqualTo("{\"r\":2}");
        assertThat(steps.path("afterResultSelector").asString()).isEqualTo("{\"s\":2}");
        assertThat(steps.path("afterResultPath").asString()).isEqualTo("{\"a\":{\"b\":1},\"out\":{\"s\":2}}");
    }

    @Test
    void shouldShowTheInputsOfIterationsAndBatches() {
        JsonNode steps = test(
                """
                        {"Type":"Map","ItemsPath":"$.list","ItemSelector":{"v.$":"$$.Map.Item.Value"},"ItemBatcher":{"MaxItemsPerBatch":2},
                        "ItemProcessor":{%s%s},"End":true}"""
                        .formatted(DISTRIBUTED, PASS_CHAIN),
                "{\"list\":[1,2,3]}",
                mock("[1,2]"), null).path("inspectionData");

        assertThat(steps.path("afterItemsPath").asString()).isEqualTo("[1,2,3]");
        assertThat(steps.path("afterItemSelector").asString()).isEqualTo("[{\"v\":1},{\"v\":2},{\"v\":3}]");
        assertThat(steps.path("afterItemBatcher").asString())
                .isEqualTo("[{\"Items\":[{\"v\":1},{\"v\":2}]},{\"Items\":[{\"v\":3}]}]");
    }

    @Test
    void shouldNeedTheDataThatAReaderWouldRead() {
        String reading = """
                {"Type":"Map","ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"JSON"},
                "Parameters":{"Bucket":"b","Key":"k"}},"ItemProcessor":{%s%s},"End":true}"""
                .formatted(DISTRIBUTED, PASS_CHAIN);

        assertThat(Refusals.of(() -> test(reading, "{}", mock("[1]"), null))).isEqualTo(
                "ValidationException: ItemReader data must be specified when testing a Map state with ItemReader specified.");
        assertThat(test(reading, "{}", mock("[1]"), "{\"mapItemReaderData\":\"[5]\"}").path("output").asString())
                .isEqualTo("[1]");
    }

    @Test
    void shouldFollowRetryAndCatchForTheGivenCount() {
        String task = """
                {"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},
                "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":2,"BackoffRate":3,"MaxAttempts":2}],
                "Catch":[{"ErrorEquals":["States.ALL"],"Next":"C"}],"End":true}""";
        String error = "{\"errorOutput\":{\"error\":\"E\",\"cause\":\"c\"}}";

        JsonNode second = test(task, "{}", error, "{\"retrierRetryCount\":1}");
        assertThat(second.path("status").asString()).isEqualTo("RETRIABLE");
        assertThat(second.path("inspectionData").path("errorDetails").toString())
                .isEqualTo("{\"retryIndex\":0,\"retryBackoffIntervalSeconds\":6}");
        JsonNode third = test(task, "{}", error, "{\"retrierRetryCount\":2}");
        assertThat(third.path("status").asString()).isEqualTo("CAUGHT_ERROR");
        assertThat(third.path("nextState").asString()).isEqualTo("C");
    }

    @Test
    void shouldUseTheVariablesAndTheRoleThatAreGiven() {
        ObjectNode answer = fixture.engine.testState(new StateTestRequest(
                Json.parse(
                        "{\"Type\":\"Pass\",\"QueryLanguage\":\"JSONata\",\"Output\":\"{% $v + 1 %}\",\"End\":true}"),
                null, Json.object(), false, null, null, null, Json.parse("{\"v\":41}")), null, false);

        assertThat(answer.toString()).isEqualTo("{\"output\":\"42\",\"status\":\"SUCCEEDED\"}");
        assertThat(
                Refusals.of(() -> test(task("arn:aws:lambda:us-east-1:000000000000:function:echo"), "{}", null, null)))
                .isEqualTo("ValidationException: RoleArn must be specified when testing a Task state");
    }

    @Test
    void shouldTakeOnlyResultsThatTheStateCouldHave() {
        String map = "{\"Type\":\"Map\",\"ItemProcessor\":{" + PASS_CHAIN + "},\"End\":true}";
        assertThat(Refusals.of(() -> test(map, "[1]", mock("{}"), null))).contains("Mocked result must be an array.");
        assertThat(Refusals.of(() -> test(map, "[1]", mock("{"), null))).contains("Mocked result must be valid JSON");
        assertThat(Refusals.of(() -> test(map, "[1]", "{\"result\":\"[]\",\"errorOutput\":{}}", null)))
                .contains("only one of the following fields");
    }
}
