package io.stepyard.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.stepyard.stepfunctions.ExecutionStatus;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The Step Functions engine alone: in memory, over HTTP, and with many executions open. One line of {@code name=value} per measurement. */
public final class EngineSpeed {

    private static final String ROLE = "arn:aws:iam::000000000000:role/benchmark";
    /** Pass, Choice, Pass, Pass, Succeed; paths, a template and an intrinsic. */
    private static final String FIVE_STATES = """
            {"StartAt":"Read","States":{
            "Read":{"Type":"Pass","Parameters":{"order.$":"$.order","total.$":"$.price"},"Next":"Big"},
            "Big":{"Type":"Choice","Choices":[{"Variable":"$.total","NumericGreaterThan":1000,"Next":"Ask"}],"Default":"Note"},
            "Ask":{"Type":"Fail","Error":"TooBig"},
            "Note":{"Type":"Pass","Parameters":{"text.$":"States.Format('order {}', $.order)"},"ResultPath":"$.note","Next":"Trim"},
            "Trim":{"Type":"Pass","OutputPath":"$.note","Next":"Done"},
            "Done":{"Type":"Succeed"}}}""";
    private static final String CALLBACK = """
            {"StartAt":"Wait","States":{"Wait":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
            "Parameters":{"FunctionName":"ask","Payload":{"token.$":"$$.Task.Token","order.$":"$.order"}},"TimeoutSeconds":864000,"End":true}}}""";
    private static final String INPUT = "{\"order\":4711,\"price\":99,\"customer\":{\"name\":\"Ada\",\"city\":\"Zurich\"}}";
    private static final int PER_ENGINE = 20_000;

    private EngineSpeed() {}

    /** {@code memory ROUNDS}, {@code http URL CLIENTS EXECUTIONS} or {@code open DIRECTORY EXECUTIONS}. */
    public static void main(String[] words) throws Exception {
        switch (words[0]) {
            case "memory" -> memory(Integer.parseInt(words[1]));
            case "http" -> http(URI.create(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "open" -> open(Path.of(words[1]), Integer.parseInt(words[2]));
            default -> throw new IllegalArgumentException("expected memory, http or open, but found " + words[0]);
        }
    }

    private static StepFunctionsEngine engineInMemory() {
        return StepFunctionsEngine.builder().virtualTime(new VirtualTime(Instant.EPOCH)).random(new Random(1)).build();
    }

    /** Everything on this thread: virtual time, journal in memory. The first third of the rounds warms up and is not judged. */
    private static void memory(int rounds) {
        // Of the whole process: the collector and the compiler count, the load of other processes does not.
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        List<Double> wall = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            StepFunctionsEngine engine = engineInMemory();
            String machine = engine.createStateMachine("five", FIVE_STATES, ROLE).stateMachineArn();
            long cpu = system.getProcessCpuTime();
            long began = System.nanoTime();
            for (int i = 0; i < PER_ENGINE; i++) {
                engine.startExecution(machine, "e" + i, INPUT);
            }
            long took = System.nanoTime() - began;
            long used = system.getProcessCpuTime() - cpu;
            requireAllEnded(engine, machine);
            if (round >= rounds / 3) {
                wall.add(PER_ENGINE * 1e9 / took);
                processor.add(PER_ENGINE * 1e9 / used);
            }
        }
        say(String.format(Locale.ROOT, "per_second=%.0f per_processor_second=%.0f", median(wall), median(processor)));
    }

    private static void requireAllEnded(StepFunctionsEngine engine, String machine) {
        int ended = engine.listExecutions(machine, ExecutionStatus.SUCCEEDED, 1_000, null).items().size();
        if (engine.openExecutions() != 0 || ended != 1_000) {
            throw new IllegalStateException("Expected all executions SUCCEEDED, but found " + engine.openExecutions()
                    + " open and " + ended + " of the newest 1,000 SUCCEEDED");
        }
    }

    /** So many clients start executions, each its own connection; counted when the answer says that the start is durable. */
    private static void http(URI url, int clients, int executions) throws InterruptedException {
        StepFunctionsClient client = new StepFunctionsClient(url);
        String machine = client.call("CreateStateMachine", object().put("name", "five" + System.nanoTime())
                .put("definition", FIVE_STATES).put("roleArn", ROLE)).path("stateMachineArn").asString();
        run(client, machine, clients, executions / 4);
        long began = System.nanoTime();
        String last = run(client, machine, clients, executions);
        long took = System.nanoTime() - began;
        boolean ended = false;
        for (int i = 0; i < 2_000 && !ended; i++) {
            JsonNode described = client.call("DescribeExecution", object().put("executionArn", last));
            ended = described.path("status").asString().equals("SUCCEEDED");
        }
        say(String.format(Locale.ROOT, "per_second=%.0f last_succeeded=%s", executions * 1e9 / took, ended));
    }

    private static String run(StepFunctionsClient client, String machine, int clients, int executions)
            throws InterruptedException {
        AtomicInteger left = new AtomicInteger(executions);
        AtomicReference<String> last = new AtomicReference<>("");
        AtomicReference<RuntimeException> broken = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    while (left.getAndDecrement() > 0) {
                        last.set(client.call("StartExecution",
                                object().put("stateMachineArn", machine).put("input", INPUT)).path("executionArn")
                                .asString());
                    }
                } catch (RuntimeException failed) {
                    broken.set(failed);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        RuntimeException failed = broken.get();
        if (failed != null) {
            throw failed;
        }
        return Objects.requireNonNull(last.get());
    }

    private static ObjectNode object() {
        return StepFunctionsClient.JSON.createObjectNode();
    }

    /** Opens executions that wait for a callback, durable, and says one token. */
    private static void open(Path directory, int executions) throws InterruptedException, IOException {
        Semaphore asked = new Semaphore(0);
        AtomicReference<String> token = new AtomicReference<>("");
        FunctionRegistry functions = new FunctionRegistry().register("ask", (payload, context) -> {
            token.set(payload.path("token").asString());
            asked.release();
            return object();
        });
        try (StepFunctionsEngine engine = StepFunctionsEngine.builder().journal(Journal.directory(directory))
                .functions(functions).build()) {
            String machine = engine.createStateMachine("callback", CALLBACK, ROLE).stateMachineArn();
            long began = System.nanoTime();
            int clients = 32;
            AtomicInteger next = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    for (int number = next.getAndIncrement(); number < executions; number = next.getAndIncrement()) {
                        engine.startExecution(machine, "e" + number, INPUT);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            asked.acquire(executions);
            if (engine.openExecutions() != executions) {
                throw new IllegalStateException(
                        "Expected " + executions + " open executions, but found " + engine.openExecutions());
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            say(String.format(Locale.ROOT, "open=%d seconds=%.1f heap_mb=%d resident_mb=%d token=%s",
                    engine.openExecutions(), seconds,
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20, residentMb(),
                    Objects.requireNonNull(token.get())));
        }
    }

    private static long residentMb() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10).findFirst().orElse(-1);
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
