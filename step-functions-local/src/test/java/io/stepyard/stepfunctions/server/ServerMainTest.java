package io.stepyard.stepfunctions.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.stepyard.stepfunctions.journal.JournalException;
import io.stepyard.stepfunctions.language.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The server as a program: its options, and the real AWS CLI as its client. */
class ServerMainTest {
    private static final String MACHINE = "arn:aws:states:eu-central-1:123456789012:stateMachine:hello";

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({"--port 70000,expected a number from 0 to 65535", "--port,expected a value after --port",
            "--colour,expected an option", "--function price,expected NAME=URL",
            "--function price=ftp://x/y,expected an http URL",
            "--service s3=http://x,'expected one of sqs, sns, events'",
            "--retention 3 weeks,expected a span such as 90d",
            "--account 12,expected twelve digits", "--lambda-endpoint ::,expected a URL"})
    void shouldSayWhatItFoundAndWhatItExpects(String words, String said) {
        List<String> split = Arrays.asList(words.split(" ", 2));

        assertThatThrownBy(() -> ServerOptions.parse(split)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void shouldListenOnTheLoopbackAndKeepItsDataUnlessToldOtherwise() {
        ServerOptions options = ServerOptions.parse(List.of());

        assertThat(options.address().isLoopbackAddress()).isTrue();
        assertThat(options.data()).isEqualTo(Path.of(".stepyard/step-functions"));
        assertThat(options.retention()).isEqualTo(Duration.ofDays(90));
        assertThat(ServerOptions.parse(List.of("--in-memory")).data()).isNull();
        assertThat(ServerOptions.USAGE).contains("Examples:", "--retention");
    }

    @Test
    void shouldRefuseADirectoryOrPortThatIsInUse() {
        ServerOptions first = ServerOptions.parse(List.of("--port", "0", "--data", directory.toString()));
        try (ServerMain running = ServerMain.start(first)) {
            assertThatThrownBy(() -> ServerMain.start(first)).isInstanceOf(JournalException.class)
                    .hasMessageContaining("in use by another engine");
            ServerOptions samePort = ServerOptions.parse(List.of("--port", "" + running.port(), "--in-memory"));
            assertThatThrownBy(() -> ServerMain.start(samePort)).isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot listen");
        }
    }

    @Test
    void shouldServeTheAwsCliUnchangedWithFunctionsOverHttp() throws Exception {
        Path aws = program("aws");
        assumeTrue(aws != null, "skipped: there is no program 'aws' (the AWS CLI) on PATH");
        HttpServer functions = functions();
        try (ServerMain server = ServerMain.start(ServerOptions.parse(List.of("--port", "0", "--data",
                directory.resolve("data").toString(), "--account", "123456789012", "--region", "eu-central-1",
                "--lambda-endpoint", "http://127.0.0.1:" + functions.getAddress().getPort() + "/")))) {
            Cli cli = new Cli(aws == null ? Path.of("aws") : aws, server.port(), directory);
            JsonNode created = cli.run("create-state-machine", "--name", "hello", "--role-arn",
                    "arn:aws:iam::123456789012:role/x", "--definition",
                    """
                            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                            "Parameters":{"FunctionName":"twice:live","Payload.$":"$"},"OutputPath":"$.Payload","End":true}}}""");
            assertThat(created.path("stateMachineArn").asString()).isEqualTo(MACHINE);

            String execution = cli.run("start-execution", "--state-machine-arn", MACHINE, "--input", "{\"n\":21}")
                    .path("executionArn").asString();
            JsonNode described = cli.run("describe-execution", "--execution-arn", execution);
            for (int i = 0; i < 20 && described.path("status").asString().equals("RUNNING"); i++) {
                described = cli.run("describe-execution", "--execution-arn", execution);
            }

            assertThat(described.path("output").asString()).isEqualTo("42");
            assertThat(cli.run("get-execution-history", "--execution-arn", execution).path("events")).hasSize(7);
            assertThat(cli.refused("describe-state-machine", "--state-machine-arn", MACHINE + "x"))
                    .contains("(StateMachineDoesNotExist)");
        } finally {
            functions.stop(0);
        }
    }

    /** Lambda's Invoke API with one function. */
    private static HttpServer functions() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/2015-03-31/functions/twice/invocations", exchange -> {
            JsonNode payload = Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            boolean live = "Qualifier=live".equals(exchange.getRequestURI().getQuery());
            byte[] answer = Integer.toString(live ? 2 * payload.path("n").asInt() : -1)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        http.start();
        return http;
    }

    private static @org.jspecify.annotations.Nullable Path program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(place -> Path.of(place, name))
                .filter(Files::isExecutable).findFirst().orElse(null);
    }

    /** The AWS CLI against one port. */
    private record Cli(Path program, int port, Path home) {
        private Process start(String... words) throws IOException {
            List<String> command = new ArrayList<>(List.of(program.toString(), "stepfunctions"));
            command.addAll(List.of(words));
            command.addAll(List.of("--endpoint-url", "http://127.0.0.1:" + port, "--output", "json"));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(Map.of("AWS_ACCESS_KEY_ID", "any", "AWS_SECRET_ACCESS_KEY", "any",
                    "AWS_DEFAULT_REGION", "eu-central-1", "AWS_CONFIG_FILE", home.resolve("none").toString()));
            return builder.start();
        }

        private static String said(Process process) throws IOException {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        JsonNode run(String... words) throws Exception {
            Process process = start(words);
            String said = said(process);
            assertThat(process.waitFor()).as(said).isZero();
            return Json.parse(said);
        }

        String refused(String... words) throws Exception {
            Process process = start(words);
            String said = said(process);
            assertThat(process.waitFor()).as(said).isNotZero();
            return said;
        }
    }
}
