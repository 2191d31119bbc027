package io.stepyard.clusters.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An HTTP server before a cluster's real one, that can spoil what passes. On 127.0.0.1, on any free port. */
public final class FaultyProxy implements AutoCloseable {

    /** What is done with requests. */
    public sealed interface Mode {
        /** Passed on, answered. */
        record Pass() implements Mode {}

        /** Read, never passed on, never answered while this lasts. */
        record Hang() implements Mode {}

        /** Passed on; the answer to whatever changes something is kept back while this lasts. */
        record LoseReply() implements Mode {}

        /** Answered with this, never passed on. */
        record Answer(int status, String contentType, String body) implements Mode {}

        /** Promises a longer body than it sends, then cuts the connection. */
        record CutOff(String body) implements Mode {}

        /** Passed on; the text of the answer is changed. */
        record Rewrite(UnaryOperator<String> change) implements Mode {}
    }

    private static final Set<String> OF_THE_CONNECTION = Set.of("connection", "content-length", "expect", "host",
            "upgrade", "http2-settings", "transfer-encoding");

    private final URI target;
    private final HttpServer server;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile Mode mode = new Mode.Pass();
    private volatile CountDownLatch held = new CountDownLatch(1);

    private FaultyProxy(URI target, HttpServer server) {
        this.target = target;
        this.server = server;
    }

    public static FaultyProxy before(URI target) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FaultyProxy proxy = new FaultyProxy(target, server);
        server.setExecutor(proxy.requests);
        server.createContext("/", proxy::handle);
        server.start();
        return proxy;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on; whoever was held back by the mode before is let go without an answer. */
    public void mode(Mode next) {
        mode = next;
        CountDownLatch before = held;
        held = new CountDownLatch(1);
        before.countDown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            CountDownLatch release = held;
            switch (mode) {
                case Mode.Pass _ -> pass(exchange, body, null);
                case Mode.Rewrite rewrite -> pass(exchange, body, rewrite.change());
                case Mode.Hang _ -> release.await();
                case Mode.LoseReply _ when exchange.getRequestMethod().equals("GET") -> pass(exchange, body, null);
                case Mode.LoseReply _ -> {
                    var _ = forward(exchange, body);
                    release.await();
                }
                case Mode.Answer answer -> send(exchange, answer.status(), answer.contentType(), utf8(answer.body()));
                case Mode.CutOff cut -> {
                    byte[] promised = utf8(cut.body());
                    exchange.sendResponseHeaders(200, promised.length + 100L);
                    exchange.getResponseBody().write(promised);
                    // Closing now cuts the connection within the body.
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, byte[] body, @Nullable UnaryOperator<String> change)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = forward(exchange, body);
        byte[] text = change == null
                ? answer.body()
                : utf8(change.apply(new String(answer.body(), StandardCharsets.UTF_8)));
        send(exchange, answer.statusCode(), answer.headers().firstValue("Content-Type").orElse("text/plain"), text);
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void send(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        mode(new Mode.Pass());
        server.stop(0);
        requests.shutdownNow();
        client.shutdownNow();
    }
}
