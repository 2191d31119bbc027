package io.stepyard.stepfunctions.fuzz;

import io.stepyard.stepfunctions.ErrorCode;
import io.stepyard.stepfunctions.ExecutionDescription;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.StepFunctionsException;
import io.stepyard.stepfunctions.function.FunctionException;
import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.server.StepFunctionsServer;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs one case after the other and remembers improper answers. Each case follows from the seed and its number. */
final class Fuzzer implements AutoCloseable {
    private static final Set<String> CODES = Arrays.stream(ErrorCode.values()).map(Enum::name)
            .collect(Collectors.toSet());
    private static final String CALLBACK = """
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
            "Parameters":{"FunctionName":"ask","Payload":{"t.$":"$$.Task.Token"}},"End":true}}}""";
    private static final int CASES_PER_ENGINE = 200;

    private final long seed;
    private final Map<String, Integer> answers = new TreeMap<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final StepFunctionsEngine engine;
    private final StepFunctionsServer server;
    private final HttpLine line;
    private final String machine;
    private VirtualTime time = new VirtualTime(Instant.EPOCH);
    private StepFunctionsEngine throwaway = throwaway();
    private int made;
    private long slowestNanos;
    private int slowestCase;

    Fuzzer(long seed, Path directory) {
        this.seed = seed;
        FunctionRegistry functions = new FunctionRegistry().register("ask", (payload, context) -> {
            synchronized (tokens) {
                tokens.add(payload.path("t").asString());
            }
            return Json.object();
        });
        engine = StepFunctionsEngine.builder().functions(functions).random(new Random(seed)).retention(Duration.ZERO)
                .journal(Journal.directory(directory, 1 << 18)).build();
        machine = engine.createStateMachine("m", CALLBACK, "role").stateMachineArn();
        engine.startExecution(machine, "open", "{}");
        String closed = engine.startExecution(machine, "closed", "{}").executionArn();
        while (tokens().size() < 2) {
            Thread.onSpinWait();
        }
        engine.stopExecution(closed, null, null);
        server = StepFunctionsServer.start(engine, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        line = new HttpLine(server.port());
    }

    private List<String> tokens() {
        synchronized (tokens) {
            return List.copyOf(tokens);
        }
    }

    private StepFunctionsEngine throwaway() {
        time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
        FunctionRegistry functions = new FunctionRegistry().register("f", (payload, context) -> {
            if (payload.path("n").asInt(0) == 3) {
                throw new FunctionException("E", "three");
            }
            return payload;
        });
        return StepFunctionsEngine.builder().virtualTime(time).functions(functions).random(new Random(1)).build();
    }

    /** Cases that were not answered properly. */
    List<String> failures() {
        return failures;
    }

    /** What came, and how often. */
    Map<String, Integer> answers() {
        return answers;
    }

    int slowestCase() {
        return slowestCase;
    }

    long slowestMillis() {
        return slowestNanos / 1_000_000;
    }

    void run(int number) {
        Mutator mutator = new Mutator(new Random(seed * 1_000_003 + number));
        long began = System.nanoTime();
        String answer;
        try {
            int kind = number % 20;
            answer = kind < 8
                    ? request(mutator)
                    : kind < 13 ? definition(mutator) : kind < 17 ? input(mutator) : token(mutator);
        } catch (RuntimeException | IOException | StackOverflowError broken) {
            failures.add("case " + number + " of seed " + seed + ": " + broken + where(broken));
            return;
        }
        answers.merge(answer, 1, Integer::sum);
        long took = System.nanoTime() - began;
        if (took > slowestNanos) {
            slowestNanos = took;
            slowestCase = number;
        }
    }

    private static String where(Throwable broken) {
        return Arrays.stream(broken.getStackTrace()).limit(12).map(StackTraceElement::toString)
                .collect(Collectors.joining(" < ", " at ", ""));
    }

    private String request(Mutator mutator) throws IOException {
        Corpus.Sample sample = mutator.pick(Corpus.REQUESTS);
        JsonNode tree = sample.tree();
        HttpLine.Answer answer = switch (mutator.upTo(16)) {
            case 0 -> line.post(sample.operation(), mutator.bytes(200));
            case 1 -> line.raw(mutator.bytes(300));
            case 2 -> line.raw(mutator.text(
                    "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AWSStepFunctions.ListStateMachines\r\nContent-Length: 2\r\n\r\n{}")
                    .getBytes(StandardCharsets.ISO_8859_1));
            case 3, 4, 5, 6, 7 -> line.post(sample.operation(),
                    mutator.text(Json.text(tree)).getBytes(StandardCharsets.UTF_8));
            default -> line.post(sample.operation(), Json.text(filled(mutator, mutator.tree(tree)))
                    .getBytes(StandardCharsets.UTF_8));
        };
        return "http " + judged(answer);
    }

    /** Now and then a definition or input that is nearly right. */
    private static JsonNode filled(Mutator mutator, JsonNode tree) {
        if (tree instanceof ObjectNode object && object.has("definition") && mutator.upTo(2) == 0) {
            object.put("definition", Json.text(mutator.tree(mutator.pick(Corpus.DEFINITIONS))));
        }
        return tree;
    }

    private static String judged(HttpLine.Answer answer) {
        return switch (answer.status()) {
            case 0 -> "closed";
            case 200 -> {
                Json.parse(answer.body());
                yield "200";
            }
            case 400, 403 -> {
                JsonNode body = Json.parseOrNull(answer.body());
                if (body == null) {
                    // The HTTP server itself refuses what is no HTTP.
                    yield answer.status() + " not HTTP";
                }
                String type = body.path("__type").asString("");
                if (!CODES.contains(type) && !type.equals("AccessDeniedException")) {
                    throw new IllegalStateException("an error of no known name: " + answer);
                }
                yield answer.status() + " " + type;
            }
            case 404, 405, 411, 413, 414, 501, 505 -> answer.status() + " not HTTP";
            default -> throw new IllegalStateException("an answer that nobody should get: " + answer);
        };
    }

    private String definition(Mutator mutator) {
        JsonNode right = mutator.pick(Corpus.DEFINITIONS);
        String text = mutator.upTo(4) == 0 ? mutator.text(Json.text(right)) : Json.text(mutator.tree(right));
        return "definition " + executed(text, Json.text(mutator.pick(Corpus.INPUTS)));
    }

    private String input(Mutator mutator) {
        JsonNode right = mutator.pick(Corpus.INPUTS);
        String text = mutator.upTo(4) == 0 ? mutator.text(Json.text(right)) : Json.text(mutator.tree(right));
        return "input " + executed(Json.text(mutator.pick(Corpus.DEFINITIONS)), text);
    }

    private String executed(String definition, String input) {
        if (made++ % CASES_PER_ENGINE == 0) {
            throwaway = throwaway();
        }
        try {
            String arn = throwaway.createStateMachine("m" + made, definition, "role").stateMachineArn();
            String execution = throwaway.startExecution(arn, "e", input).executionArn();
            time.run();
            List<HistoryEvent> history = throwaway.history(execution);
            for (int i = 0; i < history.size(); i++) {
                if (history.get(i).id() != i + 1) {
                    throw new IllegalStateException("the history has a gap at event " + (i + 1));
                }
            }
            ExecutionDescription over = throwaway.describeExecution(execution);
            if (over.cause() != null && over.cause().contains("internal error")) {
                throw new IllegalStateException("the interpreter failed on " + definition + " with " + input);
            }
            return over.summary().status().name();
        } catch (StepFunctionsException refused) {
            return refused.code().name();
        }
    }

    private String token(Mutator mutator) {
        String right = mutator.pick(tokens());
        String token = switch (mutator.upTo(6)) {
            case 0 -> Base64.getEncoder().encodeToString(mutator.bytes(80));
            case 1 -> changedByte(mutator, right);
            case 2 -> right.repeat(1 + mutator.upTo(100));
            case 3 -> mutator.upTo(10) == 0 ? tokens().get(1) : mutator.text("");
            default -> mutator.text(right);
        };
        if (token.equals(tokens().getFirst())) {
            return "token of the open task";
        }
        try {
            if (mutator.upTo(2) == 0) {
                engine.sendTaskSuccess(token, "{}");
            } else {
                engine.sendTaskFailure(token, "e", mutator.text("cause"));
            }
        } catch (StepFunctionsException refused) {
            return "token " + refused.code();
        }
        throw new IllegalStateException("a spoilt token was taken: " + token.length() + " characters");
    }

    private static String changedByte(Mutator mutator, String right) {
        byte[] bytes = Base64.getDecoder().decode(right);
        bytes[mutator.upTo(bytes.length)] ^= (byte) (1 << mutator.upTo(8));
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Takes back what cases made by being right after all, and answers what is left on the heap. */
    long heapAfterHousekeeping() {
        engine.listStateMachines().stream().map(found -> found.stateMachineArn()).filter(arn -> !arn.equals(machine))
                .forEach(engine::deleteStateMachine);
        engine.activities().list().forEach(found -> engine.activities().delete(found.activityArn()));
        engine.listExecutions(machine, io.stepyard.stepfunctions.ExecutionStatus.RUNNING, 1_000, null).items().stream()
                .filter(found -> !found.name().equals("open"))
                .forEach(found -> engine.stopExecution(found.executionArn(), null, null));
        synchronized (tokens) {
            tokens.subList(2, tokens.size()).clear();
        }
        throwaway = throwaway();
        engine.compact();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Override
    public void close() throws IOException {
        line.close();
        server.close();
        engine.close();
    }
}
