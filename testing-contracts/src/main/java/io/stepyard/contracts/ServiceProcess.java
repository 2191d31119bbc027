package io.stepyard.contracts;

import java.io.BufferedReader;
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
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Spring Boot service of this build in a JVM of its own, started by its main method with settings from its environment, on a free port. */
public final class ServiceProcess implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port ([0-9]+)");
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private final Process process;
    private final ConcurrentLinkedQueue<String> output;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServiceProcess(Process process, ConcurrentLinkedQueue<String> output, URI address) {
        this.process = process;
        this.output = output;
        this.address = address;
    }

    /** What a service needs to reach an emulated AWS: any key does. */
    public static Map<String, String> anyAwsAccount() {
        return Map.of("AWS_REGION", "us-east-1", "AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test");
    }

    /**
     * Returns when it serves.
     *
     * @throws IllegalStateException with all it said, when it ends instead
     */
    public static ServiceProcess start(Class<?> main, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", System.getProperty("java.class.path"), main.getName(),
                "--server.port=0")).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            output.add(line);
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                Thread.ofPlatform().daemon().name("service-output").start(() -> keep(lines, output));
                return new ServiceProcess(process, output, URI.create("http://127.0.0.1:" + started.group(1)));
            }
        }
        throw new IllegalStateException("Expected the service to start, but it ended and said: " + output);
    }

    private static void keep(BufferedReader lines, ConcurrentLinkedQueue<String> output) {
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException ended) {
            output.add("(its output ended: " + ended.getMessage() + ")");
        }
    }

    /** Everything it has written so far. */
    public String output() {
        return String.join("\n", output);
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Calls the function as the Lambda Invoke API does. */
    public HttpResponse<String> invoke(String function, String event) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address.resolve("/2015-03-31/functions/" + function + "/invocations"))
                        .POST(HttpRequest.BodyPublishers.ofString(event)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /**
     * Asks it to end and waits.
     *
     * @return its exit code; 143 is an orderly end after SIGTERM
     */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        http.close();
        process.destroyForcibly().onExit().join();
    }
}
