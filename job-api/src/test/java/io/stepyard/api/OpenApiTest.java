package io.stepyard.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class OpenApiTest {

    private static final ApiServer SERVER = new ApiServer();
    private static final OpenApi DOCUMENT = new OpenApi(SERVER.get("/openapi.yaml").body());

    @BeforeAll
    static void fill() {
        Jobs jobs = SERVER.jobs();
        jobs.clusters();
        jobs.running("runs", 1);
        jobs.queued("waits", 2);
        jobs.queued("waits-too", 3);
        jobs.backingOff("pauses", 4);
        jobs.unknown("away", 5);
        jobs.failed("broke", 6);
        jobs.succeeded("done", 7);
        jobs.queued("doomed", 8);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void shouldDocumentEveryMappedPathAndMapEveryDocumentedOne() {
        Set<String> mapped = new TreeSet<>();
        mappings().getHandlerMethods().keySet().forEach(info -> info.getMethodsCondition().getMethods()
                .forEach(method -> info.getPatternValues().forEach(path -> mapped.add(method + " " + path))));
        Set<String> documented = DOCUMENT.operations().stream().filter(name -> !name.contains("/actuator/"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(mapped).isEqualTo(documented);
    }

    @Test
    void shouldServeEveryDocumentedActuatorPathAndNoOther() {
        DOCUMENT.operations().stream().filter(name -> name.contains("/actuator/")).forEach(
                operation -> assertThat(SERVER.get(operation.split(" ")[1]).statusCode()).as(operation).isEqualTo(200));

        for (String unwanted : Set.of("env", "beans", "heapdump", "loggers", "configprops", "shutdown")) {
            assertThat(SERVER.get("/actuator/" + unwanted).statusCode()).as(unwanted).isEqualTo(404);
        }
    }

    @Test
    void shouldDocumentEveryQueryParameterOfEveryPath() {
        mappings().getHandlerMethods().forEach((info, method) -> info.getMethodsCondition().getMethods()
                .forEach(verb -> info.getPatternValues()
                        .forEach(path -> assertThat(parameters(method)).as(path)
                                .isEqualTo(DOCUMENT.queryParameters(verb + " " + path)))));
    }

    @Test
    void shouldAnswerAsDocumentedForEveryStateAJobCanBeIn() {
        for (String job : Set.of("runs", "waits", "waits-too", "pauses", "away", "broke", "done")) {
            check("GET /v1/jobs/{jobId}", SERVER.get("/v1/jobs/" + job), 200);
            check("GET /v1/jobs/{jobId}/history", SERVER.get("/v1/jobs/" + job + "/history"), 200);
        }
        check("GET /v1/jobs", SERVER.get("/v1/jobs"), 200);
        check("GET /v1/jobs", SERVER.get("/v1/jobs?limit=2&state=RUNNING,QUEUED&tenant=research"), 200);
        check("GET /v1/queue", SERVER.get("/v1/queue"), 200);
        check("GET /v1/clusters", SERVER.get("/v1/clusters"), 200);
        check("GET /v1/clusters/{name}", SERVER.get("/v1/clusters/geneva"), 200);
        check("GET /v1/jobs/{jobId}/logs", SERVER.get("/v1/jobs/runs/logs?stream=stdout"), 200);
        check("GET /openapi.yaml", SERVER.get("/openapi.yaml"), 200);
        check("GET /actuator/health", SERVER.get("/actuator/health"), 200);
        check("GET /actuator/prometheus", SERVER.get("/actuator/prometheus"), 200);
    }

    @Test
    void shouldAnswerAsDocumentedWhenAJobIsCancelledOrTried() {
        check("POST /v1/jobs/{jobId}/cancel", SERVER.post("/v1/jobs/doomed/cancel", "{\"reason\":\"no need\"}"), 202);
        check("POST /v1/jobs/{jobId}/cancel", SERVER.post("/v1/jobs/done/cancel", ""), 409);
        check("POST /v1/jobs/{jobId}/cancel", SERVER.post("/v1/jobs/done/cancel", "{\"why\":1}"), 400);
        check("POST /v1/jobs/{jobId}/cancel", SERVER.post("/v1/jobs/done/cancel", " ".repeat(300_000)), 413);
        check("POST /v1/jobs/test", SERVER.post("/v1/jobs/test", Jobs.JSON), 200);
        check("POST /v1/jobs/test", SERVER.post("/v1/jobs/test", "{\"name\":7}"), 200);
        check("POST /v1/jobs/test", SERVER.post("/v1/jobs/test", "{{{"), 200);
        check("POST /v1/jobs/test", SERVER.post("/v1/jobs/test", " ".repeat(300_000)), 413);
    }

    @Test
    void shouldAnswerAsDocumentedWhenJobsAndClustersAreSteered() {
        check("GET /v1/jobs/{jobId}/explain", SERVER.get("/v1/jobs/waits/explain"), 200);
        check("GET /v1/jobs/{jobId}/explain", SERVER.get("/v1/jobs/runs/explain"), 200);
        check("GET /v1/jobs/{jobId}/explain", SERVER.get("/v1/jobs/none/explain"), 404);
        check("GET /v1/queue/starts", SERVER.get("/v1/queue/starts"), 200);
        check("GET /v1/queue/starts", SERVER.get("/v1/queue/starts?limit=0"), 400);
        check("POST /v1/jobs/{jobId}/hold", SERVER.post("/v1/jobs/waits-too/hold", "{\"reason\":\"late\"}"), 200);
        check("POST /v1/jobs/{jobId}/hold", SERVER.post("/v1/jobs/runs/hold", ""), 409);
        check("POST /v1/jobs/{jobId}/hold", SERVER.post("/v1/jobs/waits-too/hold", "{\"why\":\"late\"}"), 400);
        check("GET /v1/queue/starts", SERVER.get("/v1/queue/starts"), 200);
        check("POST /v1/jobs/{jobId}/release", SERVER.post("/v1/jobs/waits-too/release", ""), 200);
        check("POST /v1/jobs/{jobId}/priority", SERVER.post("/v1/jobs/waits-too/priority", "{\"priority\":7}"), 200);
        check("POST /v1/jobs/{jobId}/priority", SERVER.post("/v1/jobs/waits-too/priority", "{}"), 400);
        check("POST /v1/jobs/{jobId}/priority", SERVER.post("/v1/jobs/none/priority", "{\"priority\":7}"), 404);
        check("POST /v1/clusters/{name}/drain", SERVER.post("/v1/clusters/zurich/drain",
                "{\"from\":\"2026-03-01T18:00:00Z\",\"to\":\"2026-03-01T20:00:00Z\"}"), 200);
        check("GET /v1/clusters/{name}", SERVER.get("/v1/clusters/zurich"), 200);
        check("POST /v1/clusters/{name}/drain", SERVER.post("/v1/clusters/zurich/drain",
                "{\"from\":\"2026-03-01T18:00:00Z\"}"), 400);
        check("POST /v1/clusters/{name}/drain", SERVER.post("/v1/clusters/oslo/drain", ""), 404);
        check("POST /v1/clusters/{name}/resume", SERVER.post("/v1/clusters/zurich/resume", ""), 200);
        String basel = "{\"name\":\"basel\",\"endpoint\":\"http://127.0.0.1:9\",\"labels\":{\"zone\":\"ch\"}}";
        check("POST /v1/clusters", SERVER.post("/v1/clusters", basel), 201);
        check("POST /v1/clusters", SERVER.post("/v1/clusters", basel), 200);
        check("POST /v1/clusters", SERVER.post("/v1/clusters", basel.replace(":9", ":10")), 409);
        check("POST /v1/clusters", SERVER.post("/v1/clusters", basel.replace("http:", "ftp:")), 400);
        check("DELETE /v1/clusters/{name}", SERVER.delete("/v1/clusters/basel"), 200);
        check("DELETE /v1/clusters/{name}", SERVER.delete("/v1/clusters/basel"), 404);
        check("DELETE /v1/clusters/{name}", SERVER.delete("/v1/clusters/zurich"), 409);
        check("GET /v1/tenants", SERVER.get("/v1/tenants"), 200);
        check("PUT /v1/tenants", SERVER.put("/v1/tenants", "{\"research\":{\"cpu\":8,\"memory\":\"1GiB\"}}"), 200);
        check("PUT /v1/tenants", SERVER.put("/v1/tenants", "{\"research\":{\"weight\":0}}"), 400);
        check("PUT /v1/tenants", SERVER.put("/v1/tenants", "{}"), 200);
    }

    @Test
    void shouldAnswerErrorsAsDocumented() {
        check("GET /v1/jobs/{jobId}", SERVER.get("/v1/jobs/none"), 404);
        check("GET /v1/jobs/{jobId}/history", SERVER.get("/v1/jobs/none/history"), 404);
        check("GET /v1/jobs/{jobId}/logs", SERVER.get("/v1/jobs/waits/logs"), 404);
        check("GET /v1/jobs/{jobId}/logs", SERVER.get("/v1/jobs/runs/logs?stream=both"), 400);
        check("GET /v1/clusters/{name}", SERVER.get("/v1/clusters/none"), 404);
        check("GET /v1/jobs", SERVER.get("/v1/jobs?limit=many"), 400);
        check("GET /v1/queue", SERVER.get("/v1/queue?limit=0"), 400);
        check("GET /v1/jobs", SERVER.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SERVER.port()
                + "/v1/jobs")).header("Accept", "image/png").build()), 406);
    }

    /** A check that cannot fail is none. */
    @Test
    void shouldNoticeAnAnswerThatIsNotAsDocumented() {
        HttpResponse<String> clusters = SERVER.get("/v1/clusters");

        assertThat(DOCUMENT.departures("GET /v1/jobs", clusters)).isNotEmpty();
        assertThat(DOCUMENT.departures("GET /v1/jobs/{jobId}", SERVER.get("/v1/jobs"))).isNotEmpty();
        assertThat(DOCUMENT.departures("POST /v1/jobs/{jobId}/cancel", SERVER.get("/v1/jobs/runs"))).isNotEmpty();
    }

    private static void check(String operation, HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as("%s: %s", operation, answer.body()).isEqualTo(status);
        assertThat(DOCUMENT.departures(operation, answer)).as("%s: %s", operation, answer.body()).isEmpty();
    }

    private static RequestMappingHandlerMapping mappings() {
        return SERVER.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    }

    private static Set<String> parameters(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(parameter -> String.valueOf(parameter.getParameter().getName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
