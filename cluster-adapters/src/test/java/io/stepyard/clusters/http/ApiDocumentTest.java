package io.stepyard.clusters.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published document of the cluster API against the real local cluster: every operation, every answer that can be provoked. */
final class ApiDocumentTest {

    private static final String GOOD = """
            {"jobId":"j","attempt":1,"cpuMillicores":1000,"memoryMib":64,"timeLimitSeconds":60,"command":["%s"]}""";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path stateDir;

    private final JsonMapper json = JsonMapper.builder().build();
    private final JsonNode document = document();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> visited = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    private JsonNode document() {
        try (InputStream text = HttpClusterAdapter.class.getResourceAsStream("cluster-api.yaml")) {
            return json.valueToTree(new Yaml().load(Objects.requireNonNull(text)));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Test
    void shouldDescribeWhatTheLocalClusterDoes() throws Exception {
        try (ClusterProcess cluster = ClusterProcess.start(stateDir)) {
            URI base = cluster.address();
            check(base, "put", "/v1/runs/{key}", "/v1/runs/a", GOOD.formatted("true"), 201);
            check(base, "put", "/v1/runs/{key}", "/v1/runs/a", GOOD.formatted("true"), 200);
            check(base, "put", "/v1/runs/{key}", "/v1/runs/b", "{}", 400);
            check(base, "put", "/v1/runs/{key}", "/v1/runs/b", GOOD.formatted("true").replace("1000", "9000"), 409);
            check(base, "put", "/v1/runs/{key}", "/v1/runs/b", "x".repeat(1_100_000), 413);
            check(base, "get", "/v1/changes", "/v1/changes?since=0&waitSeconds=20", "", 200);
            check(base, "get", "/v1/changes", "/v1/changes?since=soon", "", 400);
            check(base, "get", "/v1/changes", "/v1/changes?since=-1", "", 400);
            check(base, "get", "/v1/runs/{key}", "/v1/runs/a", "", 200);
            check(base, "get", "/v1/runs/{key}", "/v1/runs/never", "", 404);
            check(base, "get", "/v1/runs/{key}/stdout", "/v1/runs/a/stdout", "", 200);
            check(base, "get", "/v1/runs/{key}/stdout", "/v1/runs/never/stdout", "", 404);
            check(base, "get", "/v1/runs/{key}/stderr", "/v1/runs/a/stderr?maxBytes=10", "", 200);
            check(base, "get", "/v1/runs/{key}/stderr", "/v1/runs/never/stderr", "", 404);
            check(base, "post", "/v1/runs/{key}/cancel", "/v1/runs/a/cancel", "", 202);
            check(base, "post", "/v1/runs/{key}/cancel", "/v1/runs/never/cancel", "", 404);
            check(base, "put", "/v1/runs/{key}", "/v1/runs/never", GOOD.formatted("true"), 410);
            check(base, "get", "/v1/runs", "/v1/runs?state=SUCCEEDED,FAILED&limit=1", "", 200);
            check(base, "get", "/v1/runs", "/v1/runs?state=HAPPY", "", 400);
            check(base, "get", "/v1/cluster", "/v1/cluster", "", 200);
            check(base, "get", "/metrics", "/metrics", "", 200);
            check(base, "get", "/healthz", "/healthz", "", 200);
        }

        assertThat(faults).isEmpty();
        // 503 needs a full disk or a shutdown under way.
        assertThat(visited).isEqualTo(documented("503"));
    }

    private void check(URI base, String method, String template, String path, String body, int status)
            throws Exception {
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(base.resolve(path))
                .method(method.toUpperCase(java.util.Locale.ROOT), HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
        String name = method + " " + template + " " + answer.statusCode();
        visited.add(name);
        if (answer.statusCode() != status) {
            faults.add(name + ": expected " + status + ", but found " + answer.body());
            return;
        }
        String contentType = answer.headers().firstValue("Content-Type").orElse("application/json").replaceAll(";.*",
                "");
        JsonNode response = document.path("paths").path(template).path(method).path("responses")
                .path(Integer.toString(status));
        if (response.has("$ref")) {
            response = document.at(response.path("$ref").stringValue().substring(1));
        }
        JsonNode schema = response.path("content").path(contentType).path("schema");
        if (schema.isMissingNode()) {
            faults.add(name + ": the document has no content of type " + contentType);
        } else if (contentType.equals("application/json")) {
            validate(name, schema, answer.body());
        }
    }

    private void validate(String name, JsonNode schema, String body) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.put("components", document.path("components"));
        whole.put("allOf", List.of(schema));
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(json.writeValueAsString(whole))
                .validate(body, InputFormat.JSON).forEach(fault -> faults.add(name + ": " + fault));
    }

    private Set<String> documented(String without) {
        Set<String> all = new TreeSet<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> operation
                .getValue().path("responses").propertyNames().stream().filter(status -> !status.equals(without))
                .forEach(status -> all.add(operation.getKey() + " " + path.getKey() + " " + status))));
        return all;
    }
}
