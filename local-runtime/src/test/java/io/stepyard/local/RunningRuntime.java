package io.stepyard.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The runtime as its own process on free ports, as {@code ./yard local} starts it. */
final class RunningRuntime implements AutoCloseable {

    static final Duration START_WITHIN = Duration.ofSeconds(90);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final Process process;
    final Path stateDir;
    private final Path output;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningRuntime(Process process, Path stateDir, Path output) {
        this.process = process;
        this.stateDir = stateDir;
        this.output = output;
    }

    /** Started and ready; two clusters of 2 cores and 4 GiB on free ports. */
    static RunningRuntime start(Path stateDir) {
        RunningRuntime runtime = launch(stateDir, "--api-port", "0", "--step-functions-port", "0");
        Eventually.within(START_WITHIN, "readiness line", runtime::output,
                text -> text.contains("Stepyard is ready") || !runtime.process.isAlive());
        if (!runtime.process.isAlive()) {
            throw new AssertionError("the runtime ended with " + runtime.process.exitValue() + ": " + runtime.output());
        }
        return runtime;
    }

    /** Started, whatever comes of it. */
    static RunningRuntime launch(Path stateDir, String... options) {
        try {
            Path clusters = Files.writeString(Files.createTempFile("clusters", ".json"), """
                    [{"name":"zurich","cpu":2,"memory":"4GiB","port":0,"labels":{"zone":"eu"}},
                     {"name":"geneva","cpu":2,"memory":"4GiB","port":0,"labels":{"zone":"eu"}}]""");
            Path output = Files.createTempFile("runtime", ".out");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx192m",
                    "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    LocalMain.class.getName(), "--state-dir", stateDir.toString(), "--clusters", clusters.toString()));
            command.addAll(List.of(options));
            Process process = new ProcessBuilder(command).redirectOutput(output.toFile()).redirectErrorStream(true)
                    .start();
            return new RunningRuntime(process, stateDir, output);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What {@code runtime.json} says. */
    JsonNode announced() {
        try {
            return JSON.readTree(Files.readString(stateDir.resolve("runtime.json")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    List<ProcessHandle> clusterProcesses() {
        List<ProcessHandle> handles = new ArrayList<>();
        announced().path("clusters")
                .forEach(cluster -> handles.add(ProcessHandle.of(cluster.path("pid").asLong()).orElseThrow()));
        return handles;
    }

    SfnClient stepFunctions() {
        return SfnClient.builder().endpointOverride(URI.create(announced().path("stepFunctions").stringValue()))
                .region(Region.US_EAST_1).httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
                .build();
    }

    JsonNode get(String path) {
        return JSON.readTree(text(path));
    }

    String text(String path) {
        return send(HttpRequest.newBuilder(api(path)).build()).body();
    }

    HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(api(path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private URI api(String path) {
        return URI.create(announced().path("jobApi").stringValue() + path);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    /** The job's state by the API, or the problem's code. */
    String state(String jobId) {
        JsonNode job = get("/v1/jobs/" + jobId);
        return job.has("state") ? job.path("state").stringValue() : job.path("code").stringValue();
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        await(Duration.ofSeconds(10));
    }

    int await(Duration time) {
        try {
            if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Expected the runtime to end within " + time + ", but it lives");
            }
            return process.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    /** As SIGTERM; waits for the end. */
    @Override
    public void close() {
        process.destroy();
        await(Duration.ofSeconds(60));
        http.close();
    }
}
