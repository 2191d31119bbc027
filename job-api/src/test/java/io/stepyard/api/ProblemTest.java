package io.stepyard.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {

    private static final ApiServer SERVER = new ApiServer();

    @BeforeAll
    static void fill() {
        SERVER.jobs().queued("waits", 1);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/nothing/here|404|NOT_FOUND", "/|404|NOT_FOUND",
            "/v1/jobs/none|404|JOB_NOT_FOUND", "/v1/jobs/..%20|404|JOB_NOT_FOUND",
            "/v1/clusters/none|404|CLUSTER_NOT_FOUND", "/v1/jobs/waits/logs|404|ATTEMPT_NOT_FOUND",
            "/v1/jobs?limit=0|400|BAD_PARAMETER", "/v1/jobs?limit=1001|400|BAD_PARAMETER",
            "/v1/jobs?limit=many|400|BAD_PARAMETER", "/v1/jobs?state=ASLEEP|400|BAD_PARAMETER",
            "/v1/jobs?state=|400|BAD_PARAMETER", "/v1/jobs?cursor=nonsense|400|BAD_PARAMETER",
            "/v1/jobs?cursor=AAAA|400|BAD_PARAMETER", "/v1/jobs?stat=RUNNING|400|UNKNOWN_PARAMETER",
            "/v1/jobs?limit=1&limit=2|400|BAD_PARAMETER", "/v1/queue?limit=-5|400|BAD_PARAMETER",
            "/v1/jobs/waits/logs?stream=both|400|BAD_PARAMETER",
            "/v1/jobs/waits/logs?maxBytes=99999999999|400|BAD_PARAMETER",
            "/v1/jobs/waits/logs?attempt=x|400|BAD_PARAMETER"})
    void shouldRefuseWithAProblemThatNamesTheFault(String path, int status, String code) {
        check(SERVER.get(path), status, code);
    }

    @Test
    void shouldRefuseOtherMethodsAndMediaTypes() {
        check(SERVER.send(SERVER.request("/v1/jobs/waits").DELETE().build()), 405, "METHOD_NOT_ALLOWED");
        check(SERVER.send(SERVER.request("/v1/jobs").header("Accept", "application/xml").build()), 406,
                "NOT_ACCEPTABLE");
        check(SERVER.send(SERVER.request("/v1/jobs/test").header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(Jobs.JSON)).build()), 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void shouldRefuseBodiesThatAreTooLargeHoweverTheyAreSent() {
        byte[] large = "x".repeat(262_145).getBytes(StandardCharsets.UTF_8);
        var known = HttpRequest.BodyPublishers.ofByteArray(large);
        var chunked = HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large));
        for (HttpRequest.BodyPublisher body : new HttpRequest.BodyPublisher[]{known, chunked}) {
            check(SERVER.send(SERVER.request("/v1/jobs/test").header("Content-Type", "application/json").POST(body)
                    .build()), 413, "BODY_TOO_LARGE");
        }
    }

    @Test
    void shouldRefuseABodyThatIsNoRequest() {
        for (String body : new String[]{"{", "[]", "7", "{\"why\":\"x\"}", "{\"reason\":7}", "{\"reason\":\"\"}",
                "{\"reason\":\"" + "x".repeat(501) + "\"}"}) {
            check(SERVER.post("/v1/jobs/waits/cancel", body), 400, "BAD_JSON");
        }
    }

    @Test
    void shouldRefuseRequestsThatOtherSitesPagesSend() {
        check(SERVER.send(SERVER.request("/v1/jobs").header("Origin", "http://evil.example").build()), 403,
                "FOREIGN_ORIGIN");
        check(SERVER.send(SERVER.request("/v1/jobs").header("Origin", "null").build()), 403, "FOREIGN_ORIGIN");
        assertThat(SERVER.send(SERVER.request("/v1/jobs").header("Origin", "http://127.0.0.1:" + SERVER.port())
                .build()).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseAReboundHostName() throws IOException {
        assertThat(raw("GET /v1/jobs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403").contains("FOREIGN_HOST");
    }

    @Test
    void shouldAnswerWithAProblemToWhatTheServerItselfCannotRead() throws IOException {
        assertThat(raw("GET /v1/jobs/%zz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400").contains("application/problem+json").contains("BAD_REQUEST")
                .doesNotContain("<html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GARBAGE\r\n\r\n", "\r\nG\u0001T / HTTP/1.1\r\n\r\n",
            "GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
            "GET /a b c HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "\u0016\u0003\u0001\u0002\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: two\r\n\r\n",
            "GET / HTTP/1.1\r\nno colon\r\nHost: 127.0.0.1:99999999\r\n\r\n"})
    void shouldAnswerGarbageWithASmallProblemThatNamesNoServer(String garbage) throws IOException {
        String answer = raw(garbage);

        assertThat(answer).contains("application/problem+json").doesNotContainIgnoringCase("<html")
                .doesNotContainIgnoringCase("tomcat").doesNotContain("Exception");
        assertThat(answer.length()).isLessThan(1000);
    }

    private static void check(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"").contains("\"status\":" + status)
                .doesNotContain("Exception");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
