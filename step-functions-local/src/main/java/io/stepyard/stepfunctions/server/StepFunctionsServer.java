package io.stepyard.stepfunctions.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stepyard.stepfunctions.ErrorCode;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.StepFunctionsException;
import io.stepyard.stepfunctions.language.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves an engine by the AWS JSON 1.0 protocol, so that the AWS CLI and SDKs work with it as an endpoint. Credentials are
 * not looked at: bind it to the loopback interface.
 *
 * <pre>{@code
 * try (StepFunctionsServer server = StepFunctionsServer.start(engine, new InetSocketAddress("127.0.0.1", 8083))) {
 *     System.out.println(server.port());
 * }
 * }</pre>
 */
public final class StepFunctionsServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StepFunctionsServer.class.getName());
    private static final String TARGET_PREFIX = "AWSStepFunctions.";
    private static final int MAX_BODY_BYTES = 4 << 20;
    private static final RequestRules RULES = RequestRules.load();

    private final HttpServer server;
    private final ExecutorService threads;
    private final Operations operations;

    private StepFunctionsServer(HttpServer server, ExecutorService threads, Operations operations) {
        this.server = server;
        this.threads = threads;
        this.operations = operations;
    }

    /** Starts serving an engine at an address; port 0 takes a free one. The engine stays the caller's to close. */
    public static StepFunctionsServer start(StepFunctionsEngine engine, InetSocketAddress address) {
        try {
            HttpServer http = HttpServer.create(address, 0);
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            StepFunctionsServer server = new StepFunctionsServer(http, threads, new Operations(engine));
            http.setExecutor(threads);
            http.createContext("/", server::handle);
            http.start();
            return server;
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot listen on " + address, refused);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange);
        } catch (IOException gone) {
            // Whoever asked has gone away, or speaks no HTTP.
            LOG.log(System.Logger.Level.DEBUG, "a request could not be answered: " + gone.getClass().getName());
            throw gone;
        } catch (RuntimeException broken) {
            // Without the message's data: requests carry tokens.
            LOG.log(System.Logger.Level.WARNING, "a request could not be answered: " + broken.getClass().getName());
            throw broken;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        // Programs do not send it, web pages do with every POST: none may start executions here, by a rebound name either.
        if (exchange.getRequestHeaders().containsKey("Origin")) {
            send(exchange, 403, error("AccessDeniedException",
                    "Expected a request that comes from no web page, but found an Origin header"));
            return;
        }
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        byte[] body = readBody(exchange.getRequestBody());
        try {
            send(exchange, 200, Json.text(call(target, body)));
        } catch (StepFunctionsException refused) {
            send(exchange, 400, error(refused.code().name(), refused.text()));
        } catch (RuntimeException | StackOverflowError broken) {
            LOG.log(System.Logger.Level.ERROR, "the operation " + target + " failed", broken);
            send(exchange, 500, error("InternalServerException", "The engine failed; its log says why"));
        }
    }

    private ObjectNode call(@Nullable String target, byte @Nullable [] body) {
        if (target == null || !target.startsWith(TARGET_PREFIX)) {
            throw new StepFunctionsException(ErrorCode.UnknownOperationException,
                    "No operation: the header X-Amz-Target names none of " + TARGET_PREFIX + "*");
        }
        if (body == null) {
            throw new StepFunctionsException(ErrorCode.ValidationException,
                    "The request is larger than " + MAX_BODY_BYTES + " bytes");
        }
        String name = target.substring(TARGET_PREFIX.length());
        Operations.Operation operation = operations.named(name);
        JsonNode request = Json.parseOrNull(body.length == 0 ? "{}" : new String(body, StandardCharsets.UTF_8));
        if (request == null || !request.isObject()) {
            throw new StepFunctionsException(ErrorCode.SerializationException, "The request is no JSON object");
        }
        RULES.check(name, request);
        return operation.call(new Request(request));
    }

    private static byte @Nullable [] readBody(InputStream in) throws IOException {
        byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
        return body.length > MAX_BODY_BYTES ? null : body;
    }

    private static String error(String code, String message) {
        return Json.text(Json.object().put("__type", code).put("message", message));
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** Stops listening at once. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
