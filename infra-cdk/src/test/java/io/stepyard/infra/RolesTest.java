package io.stepyard.infra;

import static io.stepyard.infra.TemplateAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Who may do what: the whole list for each role, so that a wider role is a change of this file. */
class RolesTest {

    private static final String MACHINE = "arn:AWS::Partition:states:AWS::Region:AWS::AccountId:stateMachine:stepyard-job-manager";

    private static Synthesis stack = new Synthesis(JsonMapper.shared().createObjectNode(), java.util.List.of());

    @BeforeAll
    static void synthesiseOnce() {
        stack = Synthesis.shared();
    }

    @Test
    void shouldLetQueueRequestPutJobsAnswerTokensAndKick() {
        assertThat(assertThat(stack).permissionsOf("QueueRequestRole")).containsExactlyInAnyOrder(
                "dynamodb:GetItem on JobRunsTable", "dynamodb:PutItem on JobRunsTable",
                "dynamodb:PutItem on JobQueueTable", "dynamodb:Query on ClustersTable",
                "states:SendTaskSuccess on " + MACHINE, "states:SendTaskFailure on " + MACHINE,
                "lambda:InvokeFunction on SchedulerFunctionCurrentVersion", "logs:CreateLogStream on QueueRequestLog",
                "logs:PutLogEvents on QueueRequestLog", "sqs:SendMessage on DeadLetters",
                "sqs:GetQueueAttributes on DeadLetters", "sqs:GetQueueUrl on DeadLetters");
    }

    @Test
    void shouldLetTheSchedulerGrantAndSignalAndNeverSubmit() {
        assertThat(assertThat(stack).permissionsOf("SchedulerRole")).containsExactlyInAnyOrder(
                "dynamodb:BatchGetItem on JobRunsTable", "dynamodb:GetItem on JobRunsTable",
                "dynamodb:PutItem on JobRunsTable", "dynamodb:Query on JobRunsTable/index/LiveRuns",
                "dynamodb:DeleteItem on JobQueueTable", "dynamodb:Query on JobQueueTable/index/QueueByPriority",
                "dynamodb:Query on JobRunsTable/index/RunsByState", "dynamodb:GetItem on ClustersTable",
                "dynamodb:PutItem on ClustersTable", "dynamodb:Query on ClustersTable",
                "dynamodb:UpdateItem on ClustersTable",
                "dynamodb:ConditionCheckItem on LeasesTable", "dynamodb:GetItem on LeasesTable",
                "dynamodb:PutItem on LeasesTable", "states:SendTaskSuccess on " + MACHINE,
                "logs:CreateLogStream on SchedulerLog", "logs:PutLogEvents on SchedulerLog",
                "sqs:SendMessage on DeadLetters", "sqs:GetQueueAttributes on DeadLetters",
                "sqs:GetQueueUrl on DeadLetters");
    }

    @Test
    void shouldLetTheAdapterWriteRunsAndReleaseAndNeverGrant() {
        assertThat(assertThat(stack).permissionsOf("AdapterRole")).containsExactlyInAnyOrder(
                "dynamodb:BatchGetItem on JobRunsTable", "dynamodb:GetItem on JobRunsTable",
                "dynamodb:PutItem on JobRunsTable", "dynamodb:Query on JobRunsTable/index/LiveRuns",
                "dynamodb:DeleteItem on JobQueueTable", "dynamodb:GetItem on ClustersTable",
                "dynamodb:UpdateItem on ClustersTable", "states:SendTaskFailure on " + MACHINE,
                "lambda:InvokeFunction on SchedulerFunctionCurrentVersion", "logs:CreateLogStream on AdapterLog",
                "logs:PutLogEvents on AdapterLog", "sqs:SendMessage on DeadLetters",
                "sqs:GetQueueAttributes on DeadLetters", "sqs:GetQueueUrl on DeadLetters");
    }

    @Test
    void shouldLetTheTickCallTheSchedulerOnly() {
        assertThat(assertThat(stack).permissionsOf("TickRole")).containsExactlyInAnyOrder(
                "lambda:InvokeFunction on SchedulerFunctionCurrentVersion",
                "sqs:SendMessage on DeadLetters");
    }

    @Test
    void shouldLetTheSweepCallTheAdapterOnly() {
        assertThat(assertThat(stack).permissionsOf("SweepRole")).containsExactlyInAnyOrder(
                "lambda:InvokeFunction on AdapterFunctionCurrentVersion",
                "sqs:SendMessage on DeadLetters");
    }

    @Test
    void shouldLetTheStateMachineCallEveryVersionOfItsTwoFunctions() {
        assertThat(assertThat(stack).permissionsOf("JobManagerRole"))
                .contains("lambda:InvokeFunction on QueueRequestFunction:*",
                        "lambda:InvokeFunction on AdapterFunction:*")
                .filteredOn(line -> line.startsWith("lambda:"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QueueRequestRole", "SchedulerRole", "AdapterRole", "TickRole", "SweepRole",
            "JobManagerRole"})
    void shouldAllowNoRoleAWholeService(String role) {
        assertThat(assertThat(stack).permissionsOf(role)).isNotEmpty().noneMatch(line -> line.contains("* on "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"QueueRequestRole", "SchedulerRole", "AdapterRole", "TickRole", "SweepRole"})
    void shouldAllowNoFunctionEveryResource(String role) {
        assertThat(assertThat(stack).permissionsOf(role)).noneMatch(line -> line.endsWith("*"));
    }
}
