package io.stepyard.store.dynamodb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Answers as told, in order, the last answer for ever; remembers the requests. The SDK above it is the real one. */
final class ScriptedHttp implements SdkHttpClient {

    private record Answer(int status, String json) {}

    private static final int NO_ANSWER = 0;

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();

    ScriptedHttp answer(int status, String json) {
        answers.add(new Answer(status, json));
        return this;
    }

    ScriptedHttp error(int status, String type) {
        return answer(status, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\",\"message\":\"no\"}");
    }

    ScriptedHttp cancelled(String... codes) {
        StringBuilder reasons = new StringBuilder();
        for (String code : codes) {
            reasons.append(reasons.isEmpty() ? "" : ",").append("{\"Code\":\"").append(code).append("\"}");
        }
        return answer(400, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
                + "\"Message\":\"cancelled\",\"CancellationReasons\":[" + reasons + "]}");
    }

    /** The connection breaks before the answer. */
    ScriptedHttp lostAnswer() {
        return answer(NO_ANSWER, "");
    }

    /** Bodies, oldest first. */
    List<String> requests() {
        return requests;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                requests.add(body(request.contentStreamProvider().orElseThrow()));
                Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
                if (answer.status() == NO_ANSWER) {
                    throw new IOException("connection reset");
                }
                byte[] json = answer.json().getBytes(StandardCharsets.UTF_8);
                return HttpExecuteResponse.builder()
                        .response(SdkHttpResponse.builder().statusCode(answer.status())
                                .putHeader("Content-Type", "application/x-amz-json-1.0")
                                .putHeader("Content-Length", Integer.toString(json.length)).build())
                        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(json))).build();
            }

            @Override
            public void abort() {
                // Answers come at once.
            }
        };
    }

    private static String body(ContentStreamProvider content) throws IOException {
        try (InputStream in = content.newStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
