package io.stepyard.stepfunctions.conformance;

import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.server.StepFunctionsServer;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends the call of a recorded API error over HTTP to an engine of its own and compares name, message and HTTP code of the
 * answer. What was expected is looked at only afterwards.
 */
final class ApiErrorReplay {
    private static final String ACCOUNT = "111111111111";
    /** What a client puts before the message that it received. */
    private static final Pattern CLIENT_WORDS = Pattern
            .compile("^An error occurred \\(\\w+\\) when calling the \\w+ operation: ");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final JsonNode recorded;
    private final JsonNode supplement;

    ApiErrorReplay(JsonNode recorded, Supplement supplement) {
        this.recorded = recorded;
        this.supplement = supplement.call(id());
    }

    String id() {
        return recorded.path("id").asString();
    }

    /** The operation that AWS refused. */
    String operation() {
        JsonNode own = supplement.path("op");
        return own.isString() ? own.asString() : recorded.path("op").asString();
    }

    /** The difference, or null. */
    @Nullable
    String difference() {
        try (StepFunctionsEngine engine = StepFunctionsEngine.builder().virtualTime(new VirtualTime(Instant.EPOCH))
                .random(new Random(1)).account(ACCOUNT).build();
                StepFunctionsServer server = StepFunctionsServer.start(engine,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            for (JsonNode before : supplement.path("before")) {
                HttpResponse<String> answer = send(server, before.path("op").asString(), before.path("args"));
                if (answer.statusCode() != 200) {
                    return "the call before it, " + before.path("op").asString() + ", was refused: " + answer.body();
                }
            }
            JsonNode args = supplement.has("args") ? supplement.get("args") : recorded.path("args");
            return compare(send(server, operation(), args));
        }
    }

    private @Nullable String compare(HttpResponse<String> answer) {
        JsonNode body = Json.parse(answer.body());
        String code = recorded.path("expected_code").asString("");
        String message = CLIENT_WORDS.matcher(recorded.path("expected_message").asString("")).replaceFirst("");
        if (!code.equals(body.path("__type").asString(""))) {
            return "name: expected " + code + ", found " + body;
        }
        if (answer.statusCode() != 400) {
            return "HTTP code: expected 400, found " + answer.statusCode();
        }
        String found = body.path("message").asString("");
        return Comparer.texts(message, shortened(found)) ? null : "message: expected " + message + ", found " + found;
    }

    /** The recordings show only the length of the token that was too long. */
    private static String shortened(String message) {
        return message.replaceAll("x{3097}", "<invalid_token_3097_chars>");
    }

    private static HttpResponse<String> send(StepFunctionsServer server, String operation, JsonNode args) {
        ObjectNode body = Json.object();
        for (var field : args.properties()) {
            boolean text = field.getKey().equals("definition") && !field.getValue().isString();
            body.set(field.getKey(),
                    text ? Json.nodes().stringNode(Json.text(field.getValue())) : field.getValue());
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                .header("X-Amz-Target", "AWSStepFunctions." + camel(operation))
                .POST(HttpRequest.BodyPublishers.ofString(Json.text(body))).build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException("the server gave no answer to " + operation, broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + operation, stopped);
        }
    }

    private static String camel(String operation) {
        StringBuilder name = new StringBuilder();
        for (String word : operation.split("_", -1)) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return name.toString();
    }
}
