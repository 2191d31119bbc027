package io.stepyard.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import io.stepyard.core.job.GrantExpired;
import io.stepyard.function.FunctionService;
import io.stepyard.function.LambdaBridge;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The module's Spring Boot application on a free port, with a function of the test's own behind it. */
class AdapterServiceTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext service = start();

    private static ConfigurableApplicationContext start() {
        return FunctionService.start(AdapterApplication.class, "adapter", _ -> AdapterServiceTest::answer,
                "--server.port=0");
    }

    @BeforeAll
    static void running() {
        assertThat(service.isRunning()).isTrue();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static JsonNode answer(JsonNode event) {
        if (event.path("command").asString("").equals("STATUS")) {
            throw new GrantExpired("Grant e1-a1 is not in use");
        }
        return event;
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:"
                + Objects.requireNonNull(service.getEnvironment().getProperty("local.server.port")) + path);
    }

    private static HttpResponse<String> invoke(String function, String body)
            throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(at("/2015-03-31/functions/" + function + "/invocations"))
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(at(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldAnswerAsTheLambdaInvokeApiDoes() throws IOException, InterruptedException {
        HttpResponse<String> answer = invoke("adapter", "{\"command\":\"SWEEP\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Amz-Function-Error")).isEmpty();
        assertThat(answer.headers().firstValue("X-Amz-Executed-Version")).contains("$LATEST");
        assertThat(answer.body()).isEqualTo("{\"command\":\"SWEEP\"}");
    }

    @Test
    void shouldTakeAnEventWhateverItCallsItself() throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(at("/2015-03-31/functions/adapter/invocations"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"command\":\"SWEEP\"}")).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.body()).isEqualTo("{\"command\":\"SWEEP\"}");
    }

    @Test
    void shouldTellAnErrorByItsClassNameAsTheStateMachineCatchesIt() throws IOException, InterruptedException {
        HttpResponse<String> answer = invoke("adapter", "{\"command\":\"STATUS\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
        assertThat(answer.body()).contains("\"errorType\":\"io.stepyard.core.job.GrantExpired\"",
                "\"errorMessage\":\"Grant e1-a1 is not in use\"");
    }

    @Test
    void shouldRefuseAnotherFunctionAndABodyThatIsNoJson() throws IOException, InterruptedException {
        assertThat(invoke("other", "{}").statusCode()).isEqualTo(404);
        assertThat(invoke("adapter", "{nonsense").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldServeHealthAndPrometheusMetricsOfItsCalls() throws IOException, InterruptedException {
        invoke("adapter", "{\"command\":\"STATUS\"}");

        assertThat(get("/actuator/health").body()).contains("\"UP\"");
        assertThat(get("/actuator/prometheus").body()).contains("stepyard_function_calls_seconds_count",
                "outcome=\"GrantExpired\"");
    }

    /** What AWS Lambda hands over beside the event; the function has no use for it. */
    private static Context context() {
        return (Context) Proxy.newProxyInstance(Context.class.getClassLoader(), new Class<?>[]{Context.class},
                (_, method, _) -> {
                    throw new AssertionError("Expected no call of the context, but found " + method);
                });
    }

    @Test
    void shouldServeTheSameFunctionAsALambdaHandler() {
        LambdaBridge bridge = new LambdaBridge(_ -> AdapterServiceTest::answer) {
        };

        Map<String, Object> event = Map.of("command", "SWEEP");
        assertThat(bridge.handleRequest(event, context())).isEqualTo(event);
        assertThatThrownBy(() -> bridge.handleRequest(Map.of("command", "STATUS"), context()))
                .isInstanceOf(GrantExpired.class);
    }
}
