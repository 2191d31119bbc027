package io.stepyard.localcluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP server of a cluster: reads requests within bounds, hands them to {@link Routes}, writes what comes back. */
final class HttpApi implements AutoCloseable {

    /** Largest body of a submission; larger ones are refused with 413. */
    static final int MAX_BODY_BYTES = 1024 * 1024;

    private static final int BACKLOG = 1024;

    static {
        // Without it every answer on a kept connection waits 40 ms for the other side's delayed acknowledgement.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

    private HttpApi(HttpServer server) {
        this.server = server;
    }

    static HttpApi bind(InetSocketAddress address, LocalCluster.Config config)
            throws ClusterStartException, IOException {
        try {
            return new HttpApi(HttpServer.create(address, BACKLOG));
        } catch (BindException taken) {
            throw new ClusterStartException(ClusterStartException.Reason.PORT_TAKEN, "port " + address.getPort()
                    + " of 127.0.0.1 is taken; choose another --port for cluster " + config.name(), taken);
        }
    }

    void serve(LocalCluster.Config config, String instance, RunTable table, Runner runner, JsonMapper json) {
        Routes routes = new Routes(config, instance, table, runner, json);
        server.setExecutor(requests);
        server.createContext("/", exchange -> handle(exchange, routes));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void handle(HttpExchange exchange, Routes routes) throws IOException {
        try (exchange) {
            Routes.Answer answer;
            try {
                answer = answer(exchange, routes);
            } catch (RuntimeException bug) {
                System.err.println(
                        "cluster: " + exchange.getRequestMethod() + " " + exchange.getRequestURI() + ": " + bug);
                answer = routes.problem(500, "INTERNAL",
                        "The cluster could not answer: " + bug.getClass().getSimpleName());
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                answer = routes.problem(503, "UNAVAILABLE", "The cluster is shutting down");
            }
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            boolean noBody = answer.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), noBody ? -1 : answer.body().length);
            if (!noBody) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private static Routes.Answer answer(HttpExchange exchange, Routes routes) throws IOException, InterruptedException {
        // Programs do not send it, web pages always do when they write: none may start processes here.
        if (exchange.getRequestHeaders().containsKey("Origin")) {
            return routes.problem(403, "FORBIDDEN",
                    "Expected a request that comes from no web page, but found an Origin header");
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            return routes.problem(413, "INVALID",
                    "Expected a body of at most " + MAX_BODY_BYTES + " bytes, but found more");
        }
        Map<String, String> query = Query.parse(exchange.getRequestURI().getRawQuery());
        return routes.answer(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), query, body);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        requests.shutdown();
        try {
            if (!requests.awaitTermination(1, TimeUnit.SECONDS)) {
                requests.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        // Stopping with a delay would always take the whole delay.
        server.stop(0);
    }
}
