package io.stepyard.contracts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An HTTP server on a free port of 127.0.0.1 that answers each path as told, 404 elsewhere, and remembers what was asked. */
public final class RecordingHttpServer implements AutoCloseable {

    /**
     * One request.
     *
     * @param target the operation of AWS JSON protocols, empty for others
     */
    public record Request(String method, String path, String target, String body) {}

    private final HttpServer server;
    private final Map<String, String> answers;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** @param answers body by path, all with status 200 */
    public RecordingHttpServer(Map<String, String> answers) throws IOException {
        this.answers = Map.copyOf(answers);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        @Nullable
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        requests.add(new Request(exchange.getRequestMethod(), path, target == null ? "" : target,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        @Nullable
        String answer = answers.get(path);
        byte[] body = (answer == null ? "nothing here" : answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", target == null ? "text/plain" : "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
