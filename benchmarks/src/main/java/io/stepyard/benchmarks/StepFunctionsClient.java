package io.stepyard.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Step Functions API as the AWS SDKs call it, without an SDK: the client shares the processors with what it measures, so it is kept
 * as small as it can be. Every thread keeps its connection.
 */
final class StepFunctionsClient {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int ANSWER_WITHIN_MILLIS = 30_000;

    private final URI endpoint;

    StepFunctionsClient(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** @throws IllegalStateException when the API refuses the call */
    JsonNode call(String operation, ObjectNode request) {
        try {
            HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setReadTimeout(ANSWER_WITHIN_MILLIS);
            connection.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
            connection.setRequestProperty("X-Amz-Target", "AWSStepFunctions." + operation);
            byte[] body = JSON.writeValueAsBytes(request);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            return answer(operation, connection);
        } catch (IOException failed) {
            throw new UncheckedIOException(operation + " at " + endpoint, failed);
        }
    }

    private static JsonNode answer(String operation, HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = status == 200 ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] body = in == null ? new byte[0] : in.readAllBytes();
            if (status != 200) {
                throw new IllegalStateException("Expected " + operation + " to be answered with 200, but found "
                        + status + ": " + new String(body, StandardCharsets.UTF_8));
            }
            return JSON.readTree(body);
        }
    }
}
