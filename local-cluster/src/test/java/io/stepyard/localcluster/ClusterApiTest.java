package io.stepyard.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.model.resource.Resources;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the cluster API says of keys that came late and of requests that make no sense. */
final class ClusterApiTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private LocalCluster cluster;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws ClusterStartException {
        cluster = LocalCluster.start(LocalCluster.Config
                .of("zurich", Resources.ofCores(4, 4096), 0, directory.resolve("state"))
                .killingAfter(Duration.ofMillis(300)));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + cluster.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> submit(String key, String program) throws Exception {
        return call("PUT", "/v1/runs/" + key,
                """
                        {"jobId":"job","attempt":1,"cpuMillicores":1000,"memoryMib":64,"timeLimitSeconds":60,"command":["%s"]}"""
                        .formatted(program));
    }

    @Test
    void shouldRefuseASubmissionThatComesAfterItsCancelAndAfterARestart() throws Exception {
        assertThat(call("POST", "/v1/runs/late/cancel", "").statusCode()).isEqualTo(404);

        assertThat(submit("late", "true").statusCode()).isEqualTo(410);
        stop();
        start();
        HttpResponse<String> again = submit("late", "true");

        assertThat(again.statusCode()).isEqualTo(410);
        assertThat(again.body()).contains("\"code\":\"CANCELLED\"");
        assertThat(call("GET", "/v1/runs/late", "").statusCode()).isEqualTo(404);
        assertThat(call("GET", "/v1/runs", "").body()).contains("\"items\":[]");
    }

    @Test
    void shouldNameTheStatesThatThereAre() throws Exception {
        HttpResponse<String> answer = call("GET", "/v1/runs?state=HAPPY", "");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("'HAPPY'", "RUNNING", "KILLED").doesNotContain("enum", "io.stepyard");
    }

    @Test
    void shouldRefuseNumbersOutOfBounds() throws Exception {
        assertThat(call("GET", "/v1/changes?since=-1", "").statusCode()).isEqualTo(400);
        assertThat(call("GET", "/v1/changes?since=-1", "").body())
                .contains("since: expected a whole number of 0 or more, but found '-1'");
        assertThat(call("GET", "/v1/runs?limit=0", "").statusCode()).isEqualTo(400);
        assertThat(call("GET", "/v1/changes?waitSeconds=61", "").body()).contains("from 0 to 60");
    }

    @Test
    void shouldSayInItsOwnWordsThatAProgramCannotBeStarted() throws Exception {
        submit("a", "no-such-program");
        submit("b", "/etc/passwd");
        submit("c", "/no/such/file");
        for (long seen = 0; seen < 3;) {
            seen = Long.parseLong(call("GET", "/v1/changes?waitSeconds=20&since=" + seen, "").body()
                    .replaceAll("(?s).*\"seq\":(\\d+).*", "$1"));
        }

        assertThat(call("GET", "/v1/runs/a/stderr", "").body())
                .startsWith("stepyard: cannot start 'no-such-program': not found on PATH (")
                .doesNotContain("launch.sh");
        assertThat(call("GET", "/v1/runs/b/stderr", "").body())
                .isEqualTo("stepyard: cannot start '/etc/passwd': not an executable file\n");
        assertThat(call("GET", "/v1/runs/c/stderr", "").body())
                .isEqualTo("stepyard: cannot start '/no/such/file': no such file\n");
    }

    @Test
    void shouldTellWhichOfAllClustersItIs() throws Exception {
        String before = call("GET", "/v1/cluster", "").body();
        stop();
        start();

        assertThat(call("GET", "/v1/cluster", "").body()).isEqualTo(before).contains("\"instance\":\"",
                "\"pid\":" + ProcessHandle.current().pid());
    }
}
