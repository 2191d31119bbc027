package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Definitions that AWS does not take. Source: the Amazon States Language specification (fields of each state type, retriers,
 * catchers, choice rules, variables) and "Integrating services with Step Functions" of the AWS developer guide.
 */
class DefinitionRulesTest {
    private final EngineFixture fixture = new EngineFixture();

    private String problems(String state) {
        return fixture.engine.validateDefinition("{\"StartAt\":\"A\",\"States\":{\"A\":" + state + "}}", "STANDARD")
                .stream().map(found -> found.message() + " at " + found.location()).toList().toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "\"Type\":\"Wait\",\"Seconds\":\"x\",\"End\":true|Expected value of type Integer at /States/A/Seconds",
            "\"Type\":\"Pass\",\"Foo\":1,\"End\":true|Field is not supported at /States/A/Foo",
            "\"Type\":\"Succeed\",\"Next\":\"A\"|Field is not supported at /States/A/Next",
            "\"Type\":\"Pass\",\"QueryLanguage\":\"JSONata\",\"Parameters\":{},\"End\":true|Field is not supported at /States/A/Parameters",
            "\"Type\":\"Pass\",\"Output\":{},\"End\":true|Field is not supported at /States/A/Output",
            "\"Type\":\"Pass\",\"Next\":\"B\"|Missing 'Next' target: B at /States/A/Next",
            "\"Type\":\"Pass\",\"End\":\"yes\"|Expected value of type Boolean at /States/A/End",
            "\"Type\":\"Pass\",\"ResultPath\":\"$.a[*]\",\"End\":true|Value is not a Reference Path at /States/A/ResultPath",
            "\"Type\":\"Pass\",\"Assign\":{\"states\":1},\"End\":true|Variable name is not valid at /States/A/Assign/states",
            "\"Type\":\"Fail\",\"Error\":\"e\",\"ErrorPath\":\"$.e\"|Only one of the fields [Error, ErrorPath] can be set",
            "\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.a\",\"StringEquals\":1,\"Next\":\"A\"}]|/States/A/Choices[0]/StringEquals",
            "\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.a\",\"IsNull\":true,\"IsString\":true,\"Next\":\"A\"}]|One and only one comparison",
            "\"Type\":\"Choice\",\"Choices\":[{\"And\":[],\"Next\":\"A\"}]|Value cannot be empty at /States/A/Choices[0]/And",
            "\"Type\":\"Choice\",\"Choices\":[{\"Not\":{\"Variable\":\"$.a\",\"IsNull\":true,\"Next\":\"A\"},\"Next\":\"A\"}]|Field is not supported at /States/A/Choices[0]/Not/Next",
            "\"Type\":\"Choice\",\"QueryLanguage\":\"JSONata\",\"Choices\":[{\"Next\":\"A\"}]|These fields are required: [Condition]",
            "\"Type\":\"Map\",\"End\":true,\"Label\":\"l\",\"ItemProcessor\":{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Succeed\"}}}|Field is only supported in DISTRIBUTED mode at /States/A/Label"})
    void shouldSayWhatIsWrongWithAStateAndWhere(String state, String problem) {
        assertThat(problems("{" + state + "}")).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"\"TimeoutSeconds\":0|/TimeoutSeconds",
            "\"TimeoutSeconds\":5,\"HeartbeatSeconds\":5|/HeartbeatSeconds",
            "\"TimeoutSeconds\":5,\"TimeoutSecondsPath\":\"$.t\"|Only one of the fields",
            "\"Retry\":[{\"ErrorEquals\":[]}]|Value cannot be empty at /States/A/Retry[0]/ErrorEquals",
            "\"Retry\":[{}]|These fields are required: [ErrorEquals]",
            "\"Retry\":[{\"ErrorEquals\":[\"E\"],\"BackoffRate\":0.5}]|/Retry[0]/BackoffRate",
            "\"Retry\":[{\"ErrorEquals\":[\"E\"],\"JitterStrategy\":\"HALF\"}]|/Retry[0]/JitterStrategy",
            "\"Retry\":{}|Expected value of type Array at /States/A/Retry",
            "\"Catch\":[{\"ErrorEquals\":[\"E\"]}]|These fields are required: [Next]"})
    void shouldCheckTimeLimitsRetriersAndCatchers(String fields, String problem) {
        assertThat(problems("{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\"," + fields
                + ",\"End\":true}")).contains(problem);
    }

    @ParameterizedTest
    @CsvSource({"arn:aws:states:::sqs:sendMessage.sync,false", "arn:aws:states:::sqs:nothing,false",
            "arn:aws:states:::nothing:at.all,false", "arn:aws:states:::aws-sdk:s3:getObject.sync,false",
            "nonsense,false",
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken,true",
            "arn:aws:states:::states:startExecution.sync:2,true",
            "arn:aws:states:::lambda:invoke,true", "arn:aws:states:::aws-sdk:ec2:describeInstances,true",
            "arn:aws:states:::batch:submitJob.sync,true", "arn:aws:lambda:us-east-1:000000000000:function:f,true"})
    void shouldRefuseResourcesThatAreNone(String resource, boolean known) {
        String problems = problems("{\"Type\":\"Task\",\"Resource\":\"" + resource + "\",\"End\":true}");

        assertThat(problems.equals("[]")).as(problems).isEqualTo(known);
    }

    @Test
    void shouldNeverFailOnTypesThatDoNotFit() {
        for (String value : new String[]{"null", "5", "true", "\"x\"", "[]", "{}", "[null]", "{\"a\":null}"}) {
            for (String field : new String[]{"Type", "Next", "Retry", "Catch", "Resource", "Parameters", "ResultPath",
                    "Assign",
                    "TimeoutSeconds", "Credentials"}) {
                String state = "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"End\":true,\""
                        + field
                        + "\":" + value + "}";
                assertThat(problems(state)).as(state).startsWith("[");
            }
            assertThat(fixture.engine.validateDefinition(value, "STANDARD")).isNotEmpty();
            assertThat(fixture.engine.validateDefinition("{\"StartAt\":\"A\",\"States\":" + value + "}", "STANDARD"))
                    .isNotEmpty();
        }
    }
}
