package io.stepyard.benchmarks;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs many jobs of one processor each through a running product and prints how long that took, as one line of {@code name=value}
 * words: {@code jobs}, {@code submit_seconds}, {@code seconds}, {@code jobs_per_second}. The end is the latest {@code stopDate} of an
 * execution; every one must have SUCCEEDED.
 *
 * <p>Arguments: endpoint of the Step Functions API, ARN of the state machine, a prefix for the jobs' names, how many jobs, how many
 * connections. With {@code --gate FILE CLUSTER=CORES…} behind them the queue is filled first: one job for each of these clusters takes
 * all of its processors until FILE exists, and the clock starts when FILE is made, with every job waiting.
 */
public final class Throughput {

    private static final long LOOK_EVERY_MILLIS = 100;
    private static final long GIVE_UP_AFTER_MILLIS = TimeUnit.MINUTES.toMillis(10);
    private static final int PAGE = 1_000;

    private final StepFunctionsClient api;
    private final String stateMachineArn;
    private final String prefix;

    private Throughput(StepFunctionsClient api, String stateMachineArn, String prefix) {
        this.api = api;
        this.stateMachineArn = stateMachineArn;
        this.prefix = prefix;
    }

    public static void main(String[] words) throws Exception {
        if (words.length < 5) {
            System.err.println(
                    "arguments: ENDPOINT STATE_MACHINE_ARN PREFIX JOBS CONNECTIONS [--gate FILE CLUSTER=CORES...]");
            System.exit(2);
        }
        Throughput measured = new Throughput(new StepFunctionsClient(URI.create(words[0])), words[1], words[2]);
        int jobs = Integer.parseInt(words[3]);
        int connections = Integer.parseInt(words[4]);
        // Not on the clock: the client's own classes and connections.
        measured.running();
        if (words.length > 6 && words[5].equals("--gate")) {
            measured.filled(jobs, connections, Path.of(words[6]), List.of(words).subList(7, words.length));
        } else {
            long began = System.currentTimeMillis();
            measured.submit(jobs, connections);
            measured.report(jobs, began, System.currentTimeMillis());
        }
    }

    private void filled(int jobs, int connections, Path gate, List<String> clusters) throws Exception {
        for (String cluster : clusters) {
            String[] parts = cluster.split("=", 2);
            start(prefix + "-gate-" + parts[0], job("gate", 9_999, Integer.parseInt(parts[1]), List.of("sh", "-c",
                    "while [ ! -e \"$0\" ]; do sleep 0.05; done", gate.toString())).set("clusters",
                            StepFunctionsClient.JSON.createArrayNode().add(parts[0])));
        }
        awaitGates(clusters.size());
        submit(jobs, connections);
        awaitQueued(jobs + clusters.size());
        long began = System.currentTimeMillis();
        Files.createFile(gate);
        report(jobs, began, began);
    }

    private void submit(int jobs, int connections) throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> submitters = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            for (int i = 0; i < connections; i++) {
                submitters.add(threads.submit(() -> {
                    for (int job = next.getAndIncrement(); job < jobs; job = next.getAndIncrement()) {
                        start(prefix + "-" + job, job("true", 1_000, 1, List.of("true")));
                    }
                }));
            }
            for (Future<?> submitter : submitters) {
                submitter.get();
            }
        }
    }

    private static ObjectNode job(String name, int priority, int cpu, List<String> command) {
        ObjectNode job = StepFunctionsClient.JSON.createObjectNode().put("schemaVersion", 1).put("name", name)
                .put("tenant", "benchmark").put("priority", priority).put("cpu", cpu).put("memory", "64MiB")
                .put("timeLimit", "10m");
        var run = job.putObject("run").put("kind", "command").putArray("command");
        command.forEach(run::add);
        return job;
    }

    private void start(String name, JsonNode job) {
        api.call("StartExecution", StepFunctionsClient.JSON.createObjectNode().put("stateMachineArn", stateMachineArn)
                .put("name", name).put("input", StepFunctionsClient.JSON.writeValueAsString(job)));
    }

    private void report(int jobs, long began, long submitted) throws IOException, InterruptedException {
        long deadline = System.currentTimeMillis() + GIVE_UP_AFTER_MILLIS;
        while (running() > 0) {
            if (System.currentTimeMillis() > deadline) {
                throw new IOException(
                        "Expected every execution to end within 10 minutes, but " + running() + " still run");
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        long last = lastStop(jobs);
        double seconds = (last - began) / 1000.0;
        System.out.printf(Locale.ROOT, "jobs=%d submit_seconds=%.2f seconds=%.2f jobs_per_second=%.1f%n", jobs,
                (submitted - began) / 1000.0, seconds, jobs / seconds);
    }

    /** Up to a page of executions that run. */
    private int running() {
        return list("RUNNING", null).path("executions").size();
    }

    private JsonNode list(String status, @org.jspecify.annotations.Nullable String nextToken) {
        ObjectNode request = StepFunctionsClient.JSON.createObjectNode().put("stateMachineArn", stateMachineArn)
                .put("statusFilter", status).put("maxResults", PAGE);
        return api.call("ListExecutions", nextToken == null ? request : request.put("nextToken", nextToken));
    }

    private long lastStop(int jobs) throws IOException {
        long last = 0;
        int found = 0;
        String nextToken = null;
        do {
            JsonNode page = list("SUCCEEDED", nextToken);
            for (JsonNode execution : page.path("executions")) {
                String name = execution.path("name").asString("");
                if (name.startsWith(prefix + "-") && !name.startsWith(prefix + "-gate-")) {
                    found++;
                    last = Math.max(last, millis(execution.path("stopDate")));
                }
            }
            nextToken = page.path("nextToken").isString() ? page.path("nextToken").stringValue() : null;
        } while (nextToken != null);
        if (found != jobs) {
            throw new IOException("Expected " + jobs + " executions SUCCEEDED, but found " + found);
        }
        return last;
    }

    private static long millis(JsonNode seconds) {
        return seconds.decimalValue().multiply(BigDecimal.valueOf(1000)).longValue();
    }

    /** Until each gate runs its process, which shows as a look of its execution at it. */
    private void awaitGates(int gates) throws InterruptedException {
        while (list("RUNNING", null).path("executions").valueStream()
                .filter(execution -> histories(execution, "WaitStateEntered")).count() < gates) {
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /** Until every job has been taken into the queue, which shows as the submitted task of its execution. */
    private void awaitQueued(int executions) throws InterruptedException {
        while (running() < Math.min(executions, PAGE)) {
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        for (JsonNode execution : list("RUNNING", null).path("executions")) {
            while (!histories(execution, "TaskSubmitted")) {
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        }
    }

    private boolean histories(JsonNode execution, String type) {
        JsonNode history = api.call("GetExecutionHistory",
                StepFunctionsClient.JSON.createObjectNode()
                        .put("executionArn", execution.path("executionArn").stringValue())
                        .put("includeExecutionData", false));
        return history.path("events").valueStream().anyMatch(event -> event.path("type").asString("").equals(type));
    }
}
