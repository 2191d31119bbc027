package io.stepyard.stepfunctions.service;

import io.stepyard.stepfunctions.interpreter.TaskCall;
import io.stepyard.stepfunctions.interpreter.TaskClient;
import io.stepyard.stepfunctions.interpreter.TaskOutcome;
import io.stepyard.stepfunctions.interpreter.TaskResource;
import io.stepyard.stepfunctions.language.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Queues, topics and event buses behind a URL: {@code sqs:sendMessage}, {@code sns:publish} and {@code events:putEvents} go there in
 * each service's own protocol. For emulators: requests name credentials, as those expect, and are not signed.
 */
public final class AwsEndpoint implements TaskClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

    private final URI url;
    private final String region;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1).build();

    /** Sends to this URL, for example {@code http://127.0.0.1:4566}. */
    public AwsEndpoint(URI url, String region) {
        this.url = url;
        this.region = region;
    }

    @Override
    public TaskOutcome call(TaskCall call, Consumer<JsonNode> submitted) {
        ServiceProtocol protocol = call.resource() instanceof TaskResource.Integration integration
                ? ServiceProtocol.of(integration.service(), integration.action())
                : null;
        if (protocol == null) {
            return new TaskOutcome.Failed("States.Runtime", "The resource " + call.resource().arn()
                    + " is not available in this engine: an endpoint takes sqs:sendMessage, sns:publish and events:putEvents");
        }
        try {
            HttpResponse<String> response = client.send(request(protocol, call),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() < 300 ? succeeded(protocol, response) : failed(protocol, response);
        } catch (IOException unreachable) {
            return new TaskOutcome.Failed(protocol.prefix() + ".SdkClientException",
                    "Unable to execute HTTP request to " + url + ": " + unreachable);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new TaskOutcome.Failed(protocol.prefix() + ".SdkClientException",
                    "Interrupted while calling " + url);
        }
    }

    private HttpRequest request(ServiceProtocol protocol, TaskCall call) {
        Duration timeout = call.timeout() == null ? LONGEST_CALL : call.timeout();
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(timeout)
                .header("Authorization", String.format(Locale.ROOT,
                        "AWS4-HMAC-SHA256 Credential=local/20260101/%s/%s/aws4_request, SignedHeaders=host, Signature=none",
                        region, protocol.signingName()))
                .header("Content-Type", protocol.contentType())
                .POST(HttpRequest.BodyPublishers.ofString(protocol.body(call)));
        String target = protocol.target();
        return (target == null ? request : request.header("X-Amz-Target", target)).build();
    }

    private static TaskOutcome succeeded(ServiceProtocol protocol, HttpResponse<String> response) {
        ObjectNode answer = protocol.answer(response.body());
        if (answer == null) {
            return new TaskOutcome.Failed(protocol.prefix() + ".SdkClientException",
                    "Unable to unmarshall response: " + response.body().length() + " characters");
        }
        if (answer.path("FailedEntryCount").asInt(0) > 0) {
            return new TaskOutcome.Failed("EventBridge.FailedEntry", Json.text(answer));
        }
        ObjectNode http = answer.putObject("SdkHttpMetadata");
        ObjectNode headers = http.putObject("HttpHeaders");
        response.headers().map().forEach((name, values) -> headers.put(name, String.join(",", values)));
        http.put("HttpStatusCode", response.statusCode());
        answer.putObject("SdkResponseMetadata").put("RequestId", requestId(response));
        return new TaskOutcome.Succeeded(answer);
    }

    private static TaskOutcome failed(ServiceProtocol protocol, HttpResponse<String> response) {
        ServiceProtocol.Refusal refusal = protocol.refusal(response.body());
        String cause = refusal.message() + " (Service: " + protocol.serviceName() + "; Status Code: "
                + response.statusCode() + "; Error Code: " + refusal.code() + "; Request ID: " + requestId(response)
                + "; Proxy: null)";
        String name = refusal.code().endsWith("Exception") ? refusal.code() : refusal.code() + "Exception";
        return new TaskOutcome.Failed(protocol.prefix() + "." + name, cause);
    }

    private static @Nullable String requestId(HttpResponse<String> response) {
        return response.headers().firstValue("x-amzn-RequestId").orElse(null);
    }
}
