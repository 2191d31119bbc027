package io.stepyard.stepfunctions.function;

import io.stepyard.stepfunctions.language.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A function behind a URL that takes the Lambda Invoke API: the payload is posted, the answer is the result. */
public final class HttpLambdaFunction implements LambdaFunction {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_CALL = Duration.ofMinutes(15);

    private final URI url;
    private final HttpClient client;

    /** Posts to this URL, for example {@code http://127.0.0.1:9001/2015-03-31/functions/f/invocations}. */
    public HttpLambdaFunction(URI url) {
        this.url = url;
        this.client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    @Override
    public JsonNode invoke(JsonNode payload, FunctionContext context) throws FunctionException {
        Duration timeout = context.timeout() == null ? LONGEST_CALL : context.timeout();
        HttpRequest request = HttpRequest.newBuilder(url).timeout(timeout).header("Content-Type", "application/json")
                .header("X-Amz-Client-Request-Id", context.requestId())
                .POST(HttpRequest.BodyPublishers.ofString(Json.text(payload))).build();
        try {
            return answer(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException unreachable) {
            throw new FunctionUnavailableException("Lambda.SdkClientException",
                    "Unable to execute HTTP request to " + url + ": " + unreachable);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new FunctionUnavailableException("Lambda.SdkClientException", "Interrupted while calling " + url);
        }
    }

    private JsonNode answer(HttpResponse<String> response) throws FunctionException {
        int status = response.statusCode();
        if (status == 429) {
            throw new FunctionUnavailableException("Lambda.TooManyRequestsException", "HTTP 429 from " + url);
        }
        if (status == 404) {
            throw new FunctionUnavailableException("Lambda.ResourceNotFoundException", "HTTP 404 from " + url);
        }
        if (status >= 500) {
            throw new FunctionUnavailableException("Lambda.ServiceException", "HTTP " + status + " from " + url);
        }
        if (status >= 300) {
            throw new FunctionUnavailableException("Lambda.AWSLambdaException", "HTTP " + status + " from " + url);
        }
        JsonNode body = response.body().isEmpty() ? Json.nodes().nullNode() : Json.parseOrNull(response.body());
        if (body == null) {
            throw new FunctionUnavailableException("Lambda.ServiceException", "The answer of " + url + " is no JSON");
        }
        if (response.headers().firstValue("X-Amz-Function-Error").isPresent()) {
            throw new FunctionException(body.path("errorType").asString("Unhandled"),
                    body.path("errorMessage").asString(""));
        }
        return body;
    }
}
