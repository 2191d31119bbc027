package io.stepyard.stepfunctions.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stepyard.stepfunctions.interpreter.TaskCall;
import io.stepyard.stepfunctions.interpreter.TaskOutcome;
import io.stepyard.stepfunctions.interpreter.TaskResource;
import io.stepyard.stepfunctions.language.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Calls of SQS, SNS and EventBridge as they go over the wire, and what becomes of the answers. */
class AwsEndpointTest {
    private static final String EXECUTION = "arn:aws:states:us-east-1:000000000000:execution:m:e";

    private final List<String> seen = new ArrayList<>();
    private int status = 200;
    private String answer = "{}";
    private HttpServer http = server();

    private HttpServer server() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            made.createContext("/", this::handle);
            return made;
        } catch (IOException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        seen.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("x-amzn-RequestId", "r1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @BeforeEach
    void start() {
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    private TaskOutcome call(String resource, String parameters) {
        AwsEndpoint endpoint = new AwsEndpoint(URI.create("http://127.0.0.1:" + http.getAddress().getPort()),
                "us-east-1");
        TaskResource parsed = Objects.requireNonNull(TaskResource.parse("arn:aws:states:::" + resource));
        return endpoint.call(new TaskCall(EXECUTION, "S", 1, parsed, Json.parse(parameters), null, null), told -> {
        });
    }

    private JsonNode output(TaskOutcome outcome) {
        return outcome instanceof TaskOutcome.Succeeded(JsonNode output) ? output : Json.parse("\"" + outcome + "\"");
    }

    @Test
    void shouldSendAMessageToAQueueWithItsBodyAsText() {
        answer = "{\"MessageId\":\"7\",\"MD5OfMessageBody\":\"x\"}";

        JsonNode sent = output(call("sqs:sendMessage.waitForTaskToken",
                "{\"QueueUrl\":\"http://q\",\"MessageBody\":{\"token\":\"t\"}}"));

        assertThat(seen).containsExactly(
                "AmazonSQS.SendMessage {\"QueueUrl\":\"http://q\",\"MessageBody\":\"{\\\"token\\\":\\\"t\\\"}\"}");
        assertThat(sent.path("MessageId").asString()).isEqualTo("7");
        assertThat(sent.path("SdkHttpMetadata").path("HttpStatusCode").asInt()).isEqualTo(200);
        assertThat(sent.path("SdkResponseMetadata").path("RequestId").asString()).isEqualTo("r1");
    }

    @Test
    void shouldPublishToATopicInTheQueryProtocol() {
        answer = "<PublishResponse><PublishResult><MessageId>a&amp;b</MessageId></PublishResult></PublishResponse>";

        JsonNode sent = output(call("sns:publish",
                "{\"TopicArn\":\"arn:t\",\"Message\":{\"m\":1},\"MessageAttributes\":{\"k\":{\"DataType\":\"String\",\"StringValue\":\"v w\"}}}"));

        assertThat(seen).containsExactly("null Action=Publish&Version=2010-03-31&TopicArn=arn%3At"
                + "&Message=%7B%22m%22%3A1%7D&MessageAttributes.entry.1.Name=k"
                + "&MessageAttributes.entry.1.Value.DataType=String&MessageAttributes.entry.1.Value.StringValue=v+w");
        assertThat(sent.path("MessageId").asString()).isEqualTo("a&b");
    }

    @Test
    void shouldPutEventsThatNameTheirExecutionAndItsMachine() {
        answer = "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"1\"}]}";

        output(call("events:putEvents",
                "{\"Entries\":[{\"Source\":\"s\",\"Detail\":{\"d\":1},\"Resources\":[\"r\"]}]}"));

        assertThat(seen)
                .containsExactly("AWSEvents.PutEvents {\"Entries\":[{\"Source\":\"s\",\"Detail\":\"{\\\"d\\\":1}\","
                        + "\"Resources\":[\"r\",\"" + EXECUTION
                        + "\",\"arn:aws:states:us-east-1:000000000000:stateMachine:m\"]}]}");
    }

    @Test
    void shouldFailWithTheErrorNamesAndCausesThatStepFunctionsMakesOfThem() {
        answer = "{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"InvalidArgument\"}]}";
        assertThat(call("events:putEvents", "{\"Entries\":[{}]}"))
                .isEqualTo(new TaskOutcome.Failed("EventBridge.FailedEntry", answer));

        status = 404;
        answer = "<ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error></ErrorResponse>";
        assertThat(call("sns:publish", "{\"Message\":\"m\"}")).isEqualTo(new TaskOutcome.Failed("SNS.NotFoundException",
                "Topic does not exist (Service: AmazonSNS; Status Code: 404; Error Code: NotFound; Request ID: r1; Proxy: null)"));

        status = 400;
        answer = "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\",\"message\":\"no queue\"}";
        assertThat(call("sqs:sendMessage", "{}")).isEqualTo(new TaskOutcome.Failed("SQS.QueueDoesNotExistException",
                "no queue (Service: AmazonSQS; Status Code: 400; Error Code: QueueDoesNotExist; Request ID: r1; Proxy: null)"));
        assertThat(call("sqs:deleteQueue", "{}").toString()).contains("not available in this engine");
    }

    @Test
    void shouldFailWhereNobodyAnswersOrTheAnswerMakesNoSense() {
        answer = "nonsense";
        assertThat(call("sqs:sendMessage", "{}").toString()).contains("SQS.SdkClientException",
                "Unable to unmarshall response");
        assertThat(call("sns:publish", "{\"Message\":\"m\"}").toString()).contains("SNS.SdkClientException");
        http.stop(0);
        assertThat(call("events:putEvents", "{}").toString()).contains("EventBridge.SdkClientException",
                "Unable to execute HTTP request");
        http = server();
    }
}
