package io.stepyard.cli.start;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.Surroundings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;

/**
 * {@code yard train}: runs the everyday commands once against a service of its own on the loopback, so that the JVM can record which
 * classes they load. The launcher runs it after a build with {@code -XX:AOTCacheOutput}; nothing else uses it.
 */
@Command(name = "train", hidden = true, description = "Records what a fast start needs. The yard script runs it after a build.", footerHeading = "%nExamples:%n", footer = "  yard train")
public final class TrainCommand implements Callable<Integer> {

    private static final String JOB = """
            {"jobId":"train-1","name":"train","tenant":"default","priority":1000,"state":"RUNNING","cpuMillicores":1000,
             "memoryMib":1024,"timeLimitSeconds":60,"submittedAt":"2026-01-01T00:00:00Z","queuedAt":"2026-01-01T00:00:00Z",
             "startedAt":"2026-01-01T00:00:01Z","cluster":"one","attemptsMade":1,
             "job":{"run":{"kind":"command","command":["true"]}},
             "attempts":[{"number":1,"cluster":"one","state":"RUNNING","startedAt":"2026-01-01T00:00:01Z"}],
             "reasons":[{"cluster":"one","code":"RESOURCES","category":"CAPACITY","text":"text"}]}""";
    private static final Map<String, String> ANSWERS = Map.of("/v1/queue",
            "{\"items\":[" + JOB + "],\"counts\":{\"RUNNING\":1}}", "/v1/jobs/train-1", JOB, "/v1/jobs/train-1/history",
            "{\"items\":[{\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"JobQueued\",\"actor\":\"a\",\"detail\":{\"a\":1}}]}",
            "/v1/jobs/train-1/logs", "line\n", "/v1/jobs/train-1/cancel", JOB, "/v1/clusters",
            "{\"items\":[{\"name\":\"one\",\"kind\":\"http\",\"labels\":{\"a\":\"b\"},\"status\":\"HEALTHY\",\"capacity\":"
                    + "{\"cpuMillicores\":1000,\"memoryMib\":1024},\"liveJobs\":0}]}",
            "/",
            "{\"executionArn\":\"arn:aws:states:us-east-1:123456789012:execution:train:train-1\",\"startDate\":1}");

    private final Surroundings around;
    private final Function<Surroundings, ToIntFunction<String[]>> yard;

    /** @param yard makes a command line on other surroundings; its value is an exit code */
    public TrainCommand(Surroundings around, Function<Surroundings, ToIntFunction<String[]>> yard) {
        this.around = around;
        this.yard = yard;
    }

    @Override
    public Integer call() throws IOException {
        Path job = Files.createTempFile("yard-train", ".json");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            Files.writeString(job, "{\"schemaVersion\":1,\"name\":\"train\",\"cpu\":1.5,\"memory\":\"1GiB\","
                    + "\"run\":{\"kind\":\"command\",\"command\":[\"true\"],\"workingDirectory\":\".\"}}");
            server.createContext("/", TrainCommand::answer);
            server.start();
            return runAll("http://127.0.0.1:" + server.getAddress().getPort(), job.toString());
        } finally {
            server.stop(0);
            Files.delete(job);
        }
    }

    private int runAll(String url, String job) {
        List<String[]> lines = List.of(new String[]{"submit", job, "--name", "train-1"}, new String[]{"queue"},
                new String[]{"queue", "--json"}, new String[]{"show", "train-1"}, new String[]{"history", "train-1"},
                new String[]{"logs", "train-1"}, new String[]{"cancel", "train-1"}, new String[]{"clusters"},
                new String[]{"queue", "--help"}, new String[]{"--help"});
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Surroundings inner = new Surroundings(nowhere, nowhere,
                Map.of("STEPYARD_API", url, "STEPYARD_ENDPOINT", url), around.directory(), around.screen(),
                around.clock(), around.pause(), around.random());
        for (String[] line : lines) {
            int exitCode = yard.apply(inner).applyAsInt(line);
            if (exitCode != ExitCode.OK) {
                around.err().println("yard: the training run of '" + String.join(" ", line) + "' ended with exit code "
                        + exitCode + ", so commands will start slower");
                return ExitCode.INTERNAL;
            }
        }
        return ExitCode.OK;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            String answer = ANSWERS.get(path);
            byte[] body = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
