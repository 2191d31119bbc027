package io.stepyard.cli.api;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The job API, one method a question. Every method throws {@link ApiRefusal} when the API answers with a problem and
 * {@link ApiUnreachable} when there is no usable answer; nothing is tried again here.
 */
public final class JobApiClient {

    private record HistoryPage(@Nullable List<HistoryItem> items) {}

    private record ClusterPage(@Nullable List<ClusterView> items) {}

    private final HttpExchange http;
    private final JsonMapper json;

    public JobApiClient(URI base, JsonMapper json) {
        this.http = new HttpExchange(base, json);
        this.json = json;
    }

    public URI base() {
        return http.base();
    }

    /** Whether the service says that it is up; false as well when nobody answers. */
    public boolean isUp() {
        try {
            return http.get("/actuator/health").contains("\"UP\"");
        } catch (ApiRefusal | ApiUnreachable notUp) {
            return false;
        }
    }

    public QueueView queue(int limit) {
        return read(http.get("/v1/queue?limit=" + limit), QueueView.class);
    }

    public JobDetail job(String jobId) {
        return read(http.get("/v1/jobs/" + encode(jobId)), JobDetail.class);
    }

    public List<HistoryItem> history(String jobId) {
        return listed(read(http.get("/v1/jobs/" + encode(jobId) + "/history"), HistoryPage.class).items());
    }

    /** @param attempt number of the attempt, or 0 for the last one */
    public String logs(String jobId, String stream, int attempt, int maxBytes) {
        String path = "/v1/jobs/" + encode(jobId) + "/logs?stream=" + stream + "&maxBytes=" + maxBytes;
        return http.get(attempt > 0 ? path + "&attempt=" + attempt : path);
    }

    public JobSummary cancel(String jobId, String reason) {
        String body = json.writeValueAsString(Map.of("reason", reason));
        return read(http.post("/v1/jobs/" + encode(jobId) + "/cancel", body), JobSummary.class);
    }

    /** @param jobJson the job JSON as it would be submitted; nothing is queued */
    public TestResult test(String jobJson) {
        return read(http.post("/v1/jobs/test", jobJson), TestResult.class);
    }

    public List<ClusterView> clusters() {
        String answer = http.get("/v1/clusters");
        if (answer.stripLeading().startsWith("[")) {
            return List.of(read(answer, ClusterView[].class));
        }
        return listed(read(answer, ClusterPage.class).items());
    }

    private static <T> List<T> listed(@Nullable List<T> items) {
        return items == null ? List.of() : List.copyOf(items);
    }

    private <T> T read(String answer, Class<T> type) {
        try {
            return json.readValue(answer, type);
        } catch (JacksonException unreadable) {
            throw ApiUnreachable.unusable(http.base(),
                    "expected " + type.getSimpleName() + ", found " + unreadable.getOriginalMessage(), unreadable);
        }
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
