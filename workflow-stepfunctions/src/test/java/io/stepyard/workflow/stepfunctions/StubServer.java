package io.stepyard.workflow.stepfunctions;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An endpoint that speaks AWS JSON 1.0: answers as told, in order, and well when it was told nothing more. */
final class StubServer implements AutoCloseable {

    /** What was asked for: the operation after the dot of X-Amz-Target, and the JSON. */
    record Request(String operation, String json) {}

    private record Answer(int status, String json) {}

    private static final Answer FINE = new Answer(200, "{}");

    private final HttpServer server;
    private final ConcurrentLinkedDeque<Answer> answers = new ConcurrentLinkedDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    StubServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    StubServer error(int status, String type) {
        answers.add(new Answer(status, "{\"__type\":\"" + type + "\",\"message\":\"no\"}"));
        return this;
    }

    /** The connection ends without an answer. */
    StubServer hangUp() {
        answers.add(new Answer(0, ""));
        return this;
    }

    List<Request> requests() {
        return new ArrayList<>(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = header(exchange, "X-Amz-Target");
        String type = header(exchange, "Content-Type");
        requests.add(new Request(target.substring(target.indexOf('.') + 1),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Answer next = answers.poll();
        Answer answer = next == null ? FINE : next;
        if (!type.equals("application/x-amz-json-1.0") || !target.startsWith("AWSStepFunctions.")) {
            answer = new Answer(400, "{\"__type\":\"UnknownOperationException\"}");
        }
        if (answer.status() == 0) {
            exchange.close();
            return;
        }
        byte[] json = answer.json().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(answer.status(), json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }

    private static String header(HttpExchange exchange, String name) {
        @Nullable
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
