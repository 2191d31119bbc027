package io.stepyard.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A job API and a Step Functions endpoint on one free port of the loopback. Answers are set by path (job API) or by operation (Step
 * Functions); what is not set is not found.
 */
public final class FakeServices implements AutoCloseable {

    /** One request as it came. */
    public record Request(String method, String path, String query, String body) {

        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    private record Answer(int status, UnaryOperator<String> bodyOfRequest) {}

    private final HttpServer server;
    private final Map<String, List<Answer>> answers = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();

    public FakeServices() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers {@code "GET /v1/queue"} or {@code "AWSStepFunctions.StartExecution"} so; several for one key come one after another, the last for ever. */
    public FakeServices answer(String key, int status, String body) {
        return answer(key, status, request -> body);
    }

    public synchronized FakeServices answer(String key, int status, UnaryOperator<String> bodyOfRequest) {
        answers.computeIfAbsent(key, any -> new ArrayList<>()).add(new Answer(status, bodyOfRequest));
        return this;
    }

    /** Answers StartExecution as AWS does, with the ARN made from the name. */
    public FakeServices startsExecutions() {
        return answer("AWSStepFunctions.StartExecution", 200,
                request -> "{\"executionArn\":\"arn:aws:states:us-east-1:123456789012:execution:stepyard-job-manager:"
                        + JsonMapper.shared().readTree(request).path("name").asString() + "\",\"startDate\":1.0}");
    }

    public synchronized List<Request> requests(String key) {
        return requests.stream().filter(request -> key.equals(key(request))).toList();
    }

    private static String key(Request request) {
        return request.method().startsWith("AWS") ? request.method() : request.method() + " " + request.path();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String query = exchange.getRequestURI().getQuery();
            Request request = new Request(target == null ? exchange.getRequestMethod() : target,
                    exchange.getRequestURI().getPath(), query == null ? "" : query, body);
            Answer answer = next(request);
            byte[] bytes = answer.bodyOfRequest().apply(body).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type",
                    target == null ? "application/json" : "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Answer next(Request request) {
        requests.add(request);
        List<Answer> known = answers.get(key(request));
        if (known == null) {
            return new Answer(404, any -> "{\"type\":\"about:blank\",\"title\":\"Not found\",\"status\":404,\"code\":"
                    + "\"NOT_FOUND\",\"detail\":\"Nothing at " + request.path() + "\"}");
        }
        return known.size() > 1 ? known.removeFirst() : known.getFirst();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
