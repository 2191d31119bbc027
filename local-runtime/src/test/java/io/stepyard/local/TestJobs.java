package io.stepyard.local;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.paginators.GetExecutionHistoryIterable;
import tools.jackson.databind.json.JsonMapper;

/** Jobs submitted as any AWS client does it: by starting an execution. */
final class TestJobs {

    private static final Pattern TOKEN = Pattern.compile("\"taskToken\"\\s*:\\s*\"([^\"]+)\"");

    private final SfnClient client;

    TestJobs(SfnClient client) {
        this.client = client;
    }

    /** A job that runs a shell script on one core, once. */
    static String job(String script, String more) {
        String command = JsonMapper.shared().writeValueAsString(List.of("sh", "-c", script));
        return "{\"schemaVersion\":1,\"name\":\"test\",\"cpu\":1,\"memory\":\"256MiB\",\"run\":{\"kind\":\"command\","
                + "\"command\":" + command + "},\"retry\":{\"maxAttempts\":1}" + more + "}";
    }

    /** @return the execution's ARN */
    String submit(String jobId, String job) {
        return client.startExecution(
                request -> request.stateMachineArn(JobManager.ARN).name(jobId).input(job)).executionArn();
    }

    /** The execution once it has ended. */
    DescribeExecutionResponse end(String executionArn) {
        return Eventually.within(RunningRuntime.START_WITHIN, "the end of " + executionArn,
                () -> client.describeExecution(request -> request.executionArn(executionArn)),
                answer -> answer.status() != ExecutionStatus.RUNNING);
    }

    /** The task tokens that an execution's history shows. */
    List<String> tokens(String executionArn) {
        List<String> tokens = new ArrayList<>();
        GetExecutionHistoryIterable history = client
                .getExecutionHistoryPaginator(request -> request.executionArn(executionArn));
        history.events().forEach(event -> {
            if (event.taskScheduledEventDetails() != null) {
                Matcher matcher = TOKEN.matcher(event.taskScheduledEventDetails().parameters());
                while (matcher.find()) {
                    tokens.add(matcher.group(1));
                }
            }
        });
        return tokens;
    }
}
