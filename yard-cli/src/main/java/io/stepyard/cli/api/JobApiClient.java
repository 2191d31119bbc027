package io.stepyard.cli.api;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The job API, one method a question. Every method throws {@link ApiRefusal} when the API answers with a problem and
 * {@link ApiUnreachable} when there is no usable answer; nothing is tried again here.
 */
public final class JobApiClient {

    private record HistoryPage(@Nullable List<HistoryItem> items) {}

    private record TenantPage(@Nullable List<TenantView> items) {}

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

    public ExplainView explain(String jobId) {
        return read(http.get("/v1/jobs/" + encode(jobId) + "/explain"), ExplainView.class);
    }

    public StartsView starts(int limit) {
        return read(http.get("/v1/queue/starts?limit=" + limit), StartsView.class);
    }

    public JobSummary hold(String jobId, String reason) {
        return read(http.post("/v1/jobs/" + encode(jobId) + "/hold", body(Map.of("reason", reason))), JobSummary.class);
    }

    public JobSummary release(String jobId) {
        return read(http.post("/v1/jobs/" + encode(jobId) + "/release", "{}"), JobSummary.class);
    }

    public JobSummary prioritise(String jobId, int priority, @Nullable String reason) {
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("priority", priority);
        if (reason != null) {
            wish.put("reason", reason);
        }
        return read(http.post("/v1/jobs/" + encode(jobId) + "/priority", body(wish)), JobSummary.class);
    }

    /** A page of ended jobs, newest first, as the API tells them. */
    public JsonNode endedJobs(int limit, @Nullable String cursor) {
        return read(http.get("/v1/jobs?state=SUCCEEDED,FAILED,TIMED_OUT,CANCELLED&limit=" + limit
                + (cursor == null ? "" : "&cursor=" + encode(cursor))), JsonNode.class);
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

    public ClusterView cluster(String name) {
        return read(http.get("/v1/clusters/" + encode(name)), ClusterView.class);
    }

    /** @param registration name, kind, endpoint, labels and options, as far as they are there */
    public ClusterView addCluster(Map<String, ?> registration) {
        return read(http.post("/v1/clusters", body(registration)), ClusterView.class);
    }

    /** Attempts there that count as lost now. */
    public int removeCluster(String name, boolean force) {
        return read(http.delete("/v1/clusters/" + encode(name) + (force ? "?force=true" : "")), JsonNode.class)
                .path("givenUp").asInt();
    }

    /** @param wish reason, from and to, as far as they are there */
    public ClusterView drain(String name, Map<String, ?> wish) {
        return read(http.post("/v1/clusters/" + encode(name) + "/drain", body(wish)), ClusterView.class);
    }

    public ClusterView resume(String name) {
        return read(http.post("/v1/clusters/" + encode(name) + "/resume", "{}"), ClusterView.class);
    }

    public List<TenantView> tenants() {
        return listed(read(http.get("/v1/tenants"), TenantPage.class).items());
    }

    /** @param tenantsJson the whole tenants file */
    public List<TenantView> replaceTenants(String tenantsJson) {
        return listed(read(http.put("/v1/tenants", tenantsJson), TenantPage.class).items());
    }

    private String body(Map<String, ?> fields) {
        return json.writeValueAsString(fields);
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
