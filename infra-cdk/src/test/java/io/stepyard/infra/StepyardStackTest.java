package io.stepyard.infra;

import static io.stepyard.infra.TemplateAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the one stack holds, read from its template. */
class StepyardStackTest {

    private static final String FUNCTION = "AWS::Lambda::Function";

    private static Synthesis stack = new Synthesis(JsonMapper.shared().createObjectNode(), java.util.List.of());

    @BeforeAll
    static void synthesiseOnce() {
        stack = Synthesis.shared();
    }

    @Test
    void shouldPinTheLogicalIdsOfWhatHoldsData() {
        assertThat(stack).hasOnly("AWS::DynamoDB::Table", "JobQueueTable", "JobRunsTable", "ClustersTable",
                "LeasesTable");
    }

    @Test
    void shouldKeepProtectEncryptAndRecoverEveryTable() {
        assertThat(stack).each("AWS::DynamoDB::Table")
                .forEach(table -> table.isKept()
                        .has("/BillingMode", "PAY_PER_REQUEST")
                        .has("/DeletionProtectionEnabled", true)
                        .has("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled", true)
                        .has("/SSESpecification/SSEEnabled", true));
    }

    @Test
    void shouldKeyTheQueueByJobAndPriorityWithASparseIndexWithoutTheToken() {
        ResourceAssert queue = assertThat(stack).resource("AWS::DynamoDB::Table", "JobQueueTable")
                .has("/TableName", "stepyard-JobQueue")
                .hasJson("/KeySchema",
                        "[{\"AttributeName\":\"jobId\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"priority\",\"KeyType\":\"RANGE\"}]")
                .has("/GlobalSecondaryIndexes/0/IndexName", "QueueByPriority")
                .has("/GlobalSecondaryIndexes/0/Projection/ProjectionType", "INCLUDE");
        assertThat(queue.at("/GlobalSecondaryIndexes/0/Projection/NonKeyAttributes").toString())
                .doesNotContainIgnoringCase("token").doesNotContainIgnoringCase("callback");
    }

    @ParameterizedTest
    @CsvSource({"QueueRequest, io.stepyard.queuerequest.QueueRequestHandler, 512, 30",
            "Scheduler, io.stepyard.scheduling.SchedulerHandler, 1024, 120",
            "Adapter, io.stepyard.adapter.AdapterHandler, 512, 50"})
    void shouldSizeEveryFunctionAndKeepItsLogs(String name, String handler, int memoryMib, int timeoutSeconds) {
        assertThat(stack).resource(FUNCTION, name)
                .has("/Handler", handler)
                .has("/Runtime", "java25")
                .hasJson("/Architectures", "[\"arm64\"]")
                .has("/MemorySize", memoryMib)
                .has("/Timeout", timeoutSeconds)
                .refersTo("/Role", name + "Role")
                .refersTo("/Environment/Variables/STEPYARD_TABLE_JOB_RUNS", "JobRunsTable")
                .follow("/LoggingConfig/LogGroup")
                .isKept()
                .has("/RetentionInDays", 30);
    }

    @Test
    void shouldHaveThreeFunctionsAndNoHelperOfTheCdk() {
        assertThat(stack).hasCount(FUNCTION, 3).hasCount("AWS::IAM::ManagedPolicy", 0);
        assertThat(stack).each("AWS::IAM::Role").forEach(role -> role.hasNo("/ManagedPolicyArns"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"QueueRequest", "Scheduler", "Adapter"})
    void shouldPublishVersionsThatStay(String name) {
        assertThat(stack).resource("AWS::Lambda::Version", name).isKept().refersTo("/FunctionName", name + "Function");
    }

    @Test
    void shouldRunOneSchedulerAtATimeWithoutRetries() {
        assertThat(stack).resource(FUNCTION, "Scheduler").has("/ReservedConcurrentExecutions", 1);
        assertThat(stack).resource("AWS::Lambda::EventInvokeConfig", "Scheduler")
                .has("/MaximumRetryAttempts", 0)
                .has("/MaximumEventAgeInSeconds", 60)
                .refersTo("/DestinationConfig/OnFailure/Destination", "DeadLetters");
    }

    @Test
    void shouldTickTheSchedulersPublishedVersionOnceWithADeadLetterQueue() {
        assertThat(stack).resource("AWS::Scheduler::Schedule", "Tick")
                .has("/ScheduleExpression", "rate(1 minute)")
                .has("/FlexibleTimeWindow/Mode", "OFF")
                .refersTo("/Target/Arn", "SchedulerFunctionCurrentVersion")
                .has("/Target/RetryPolicy/MaximumRetryAttempts", 0)
                .refersTo("/Target/DeadLetterConfig/Arn", "DeadLetters");
    }

    @Test
    void shouldSweepThroughTheAdapter() {
        assertThat(stack).resource("AWS::Scheduler::Schedule", "Sweep")
                .has("/ScheduleExpression", "rate(5 minutes)")
                .refersTo("/Target/Arn", "AdapterFunctionCurrentVersion")
                .has("/Target/Input", "{\"command\":\"SWEEP\"}")
                .has("/Target/RetryPolicy/MaximumRetryAttempts", 0);
    }

    @Test
    void shouldTellTheAdapterOfExecutionsThatEndedOnTheirOwn() {
        ResourceAssert rule = assertThat(stack).resource("AWS::Events::Rule", "EndedExecutions")
                .hasJson("/EventPattern/detail/status", "[\"ABORTED\",\"TIMED_OUT\",\"FAILED\"]")
                .hasJson("/EventPattern/source", "[\"aws.states\"]")
                .refersTo("/EventPattern/detail/stateMachineArn/0", "JobManagerStateMachine")
                .refersTo("/Targets/0/Arn", "AdapterFunctionCurrentVersion")
                .refersTo("/Targets/0/DeadLetterConfig/Arn", "DeadLetters");
        assertThat(rule.at("/Targets")).hasSize(1);
        assertThat(rule.at("/Targets/0/InputTransformer/InputTemplate").asString()).contains("\"command\":\"RELEASE\"")
                .contains("jobId").contains("executionArn");
        assertThat(rule.at("/Targets/0/InputTransformer/InputPathsMap").toString()).contains("$.detail.name")
                .contains("$.detail.executionArn").contains("$.detail.status");
    }

    @Test
    void shouldLetQueueRequestAndAdapterKickTheScheduler() {
        assertThat(stack).resource(FUNCTION, "QueueRequest")
                .refersTo("/Environment/Variables/STEPYARD_SCHEDULER_FUNCTION", "SchedulerFunctionCurrentVersion");
        assertThat(stack).resource(FUNCTION, "Adapter").refersTo("/Environment/Variables/STEPYARD_SCHEDULER_FUNCTION",
                "SchedulerFunctionCurrentVersion");
        assertThat(stack).resource(FUNCTION, "Scheduler").hasNo("/Environment/Variables/STEPYARD_SCHEDULER_FUNCTION");
    }

    @Test
    void shouldRunAStandardStateMachineThatLogsNoExecutionData() {
        assertThat(stack).resource("AWS::StepFunctions::StateMachine", "JobManager")
                .isKept()
                .has("/StateMachineName", "stepyard-job-manager")
                .has("/StateMachineType", "STANDARD")
                .has("/TracingConfiguration/Enabled", true)
                .has("/LoggingConfiguration/IncludeExecutionData", false)
                .has("/LoggingConfiguration/Level", "ERROR")
                .follow("/LoggingConfiguration/Destinations/0/CloudWatchLogsLogGroup/LogGroupArn")
                .has("/LogGroupName", "/aws/vendedlogs/states/stepyard-job-manager")
                .has("/RetentionInDays", 30);
    }

    @Test
    void shouldBindEveryPlaceholderOfTheShippedStateMachine() {
        ResourceAssert machine = assertThat(stack).resource("AWS::StepFunctions::StateMachine", "JobManager")
                .refersTo("/DefinitionSubstitutions/JobQueueRequestFunction", "QueueRequestFunctionCurrentVersion")
                .refersTo("/DefinitionSubstitutions/ClusterAdapterFunction", "AdapterFunctionCurrentVersion");
        String definition = machine.at("/DefinitionString").asString();
        Set<String> wanted = Pattern.compile("\\$\\{(\\w+)}").matcher(definition).results().map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(wanted).isEqualTo(new TreeSet<>(machine.at("/DefinitionSubstitutions").propertyNames()));
        JsonNode parsed = JsonMapper.shared().readTree(definition);
        assertThat(parsed.get("States").propertyNames()).contains("JobQueueRequest", "StartJobRun", "GetJobStatus",
                "Wait");
        assertThat(parsed.get("TimeoutSeconds").asInt()).isEqualTo(365 * 24 * 3600);
    }

    @Test
    void shouldHaveNoErrorOfTheAwsSolutionsChecks() {
        assertThat(stack.findings()).isEmpty();
    }

    @Test
    void shouldSeeTheChecksComplainOfABadStack() {
        assertThat(Synthesis.ofABadStack().findings()).anyMatch(finding -> finding.contains("AwsSolutions-SQS4"));
    }

    @Test
    void shouldSynthesiseTheSameTemplateTwice() {
        assertThat(Synthesis.of(StackSettings.DEFAULTS).template().toPrettyString())
                .isEqualTo(stack.template().toPrettyString());
    }
}
