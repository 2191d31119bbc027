package io.stepyard.stepfunctions.crash;

import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.server.ServerMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code yard step-functions} as a process that can be killed and started anew on the same data. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

    private final Path data;
    private final String lambdaEndpoint;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private @Nullable Process process;
    private volatile URI url = URI.create("http://127.0.0.1:9");

    ServerProcess(Path data, String lambdaEndpoint) {
        this.data = data;
        this.lambdaEndpoint = lambdaEndpoint;
    }

    /** Starts it and waits until it says where it is. */
    Process start() throws IOException {
        Process started = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx256m", "-cp",
                System.getProperty("java.class.path"), ServerMain.class.getName(), "--port", "0", "--data",
                data.toString(), "--lambda-endpoint", lambdaEndpoint))
                .redirectError(ProcessBuilder.Redirect.appendTo(new File(data + ".log"))).start();
        process = started;
        BufferedReader out = new BufferedReader(
                new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        String ready = out.readLine();
        Matcher found = URL.matcher(ready == null ? "" : ready);
        if (!found.find()) {
            throw new IOException("the server did not start: it said " + ready + "; see " + data + ".log");
        }
        url = URI.create(found.group());
        return started;
    }

    /** SIGKILL: nothing of it runs any more when this returns. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    /**
     * An answer of the API.
     *
     * @param error
     *            the error name, or null where the call went well
     */
    record Answer(JsonNode body, @Nullable String error) {}

    /** One call; fails with {@link IOException} where nobody answers: it may have been carried out or not. */
    Answer call(String operation, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(20))
                        .header("X-Amz-Target", "AWSStepFunctions." + operation)
                        .POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode answer = Json.parse(response.body());
        return new Answer(answer, response.statusCode() == 200 ? null : answer.path("__type").asString());
    }

    @Override
    public void close() {
        kill();
        client.close();
    }
}
