package io.stepyard.stepfunctions.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stepyard.stepfunctions.language.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Clients that start executions and answer callbacks whatever happens to the server, and the functions it calls. */
final class Load implements AutoCloseable {
    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:m";
    private static final long RETRY_AFTER_NANOS = 20_000_000;

    private final LinkedBlockingQueue<JsonNode> questions = new LinkedBlockingQueue<>();
    private final List<String> started = Collections.synchronizedList(new ArrayList<>());
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger wanted = new AtomicInteger();
    private final Semaphore permits = new Semaphore(0);
    private final AtomicInteger unanswered = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer functions;
    private @Nullable ServerProcess server;
    private volatile boolean over;

    Load() throws IOException {
        functions = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        functions.setExecutor(threads);
        functions.createContext("/", this::invoke);
        functions.start();
    }

    String lambdaEndpoint() {
        return "http://127.0.0.1:" + functions.getAddress().getPort();
    }

    private void invoke(HttpExchange exchange) throws IOException {
        JsonNode payload = Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String path = exchange.getRequestURI().getPath();
        JsonNode answer = payload;
        if (path.contains("/ask/")) {
            questions.add(payload);
        } else if (path.contains("/flaky/") && payload.path("attempt").asInt() == 0) {
            // By the count of retries and not by a memory: a call that is made again gets the same answer again.
            exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
            answer = Json.object().put("errorType", "Flaky").put("errorMessage", "the first time always fails");
        }
        byte[] bytes = Json.text(answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Begins with so many clients that start executions, and as many that answer callbacks. */
    void begin(ServerProcess process, int clients) {
        server = process;
        for (int i = 0; i < clients; i++) {
            threads.execute(this::startAll);
            threads.execute(this::answerAll);
        }
    }

    /** Asks for more executions. */
    void want(int more) {
        wanted.addAndGet(more);
        permits.release(more);
    }

    /** Names of executions whose start was acknowledged. */
    List<String> started() {
        return List.copyOf(started);
    }

    /** What the server answered that it should not have. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** How many requests got no answer, because the server was killed. */
    int unanswered() {
        return unanswered.get();
    }

    boolean startedAllWanted() {
        return started.size() >= wanted.get();
    }

    private void startAll() {
        try {
            while (!over) {
                if (permits.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                    int number = numbers.getAndIncrement();
                    String name = "e" + number;
                    until("StartExecution", Json.text(Json.object().put("stateMachineArn", MACHINE).put("name", name)
                            .put("input", input(number))), "ExecutionAlreadyExists");
                    started.add(name);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    static String input(int number) {
        return "{\"n\":" + number + ",\"list\":[" + number + ",\"b\",{\"c\":3}]}";
    }

    static String output(String name) {
        String number = name.substring(1);
        return "{\"v\":%s,\"n\":%s,\"f\":{\"n\":%s,\"attempt\":1},\"m\":[%s,\"b\",{\"c\":3}],\"t\":{\"for\":\"%s\"}}"
                .formatted(number, number, number, number, name);
    }

    private void answerAll() {
        try {
            while (!over) {
                JsonNode question = questions.poll(100, TimeUnit.MILLISECONDS);
                if (question != null) {
                    String output = "{\"for\":\"" + question.path("name").asString() + "\"}";
                    until("SendTaskSuccess", Json.text(Json.object().put("taskToken", question.path("token").asString())
                            .put("output", output)), "TaskTimedOut");
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Calls until there is an answer; the error says that an earlier call, whose answer was lost, was carried out. */
    private void until(String operation, String body, String carriedOut) {
        while (!over) {
            try {
                ServerProcess.Answer answer = server == null ? null : server.call(operation, body);
                if (answer != null && answer.error() != null && !answer.error().equals(carriedOut)) {
                    wrong.add(operation + ": " + answer.error());
                }
                return;
            } catch (IOException killed) {
                unanswered.incrementAndGet();
                LockSupport.parkNanos(RETRY_AFTER_NANOS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        over = true;
        functions.stop(0);
        threads.shutdownNow();
    }
}
