package io.stepyard.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Explanations, expected starts, and what people do to jobs, clusters and tenants. */
class SteeringApiTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ApiServer server = new ApiServer();
    private final Jobs jobs = server.jobs();

    @BeforeEach
    void fill() {
        jobs.clusters();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode get(String path) {
        return ok(server.get(path));
    }

    private JsonNode post(String path, String body) {
        return ok(server.post(path, body));
    }

    private static JsonNode ok(java.net.http.HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return JSON.readTree(answer.body());
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.path("items").forEach(item -> ids.add(item.path("jobId").stringValue()));
        return ids;
    }

    @Test
    void shouldExplainAWaitingJobClusterByClusterWithItsRankAndItsStart() {
        jobs.running("runs", -60);
        jobs.running("runs-too", -30);
        jobs.queued("first", -20);
        jobs.queued("second", -10);

        JsonNode second = get("/v1/jobs/second/explain");

        assertThat(second.at("/standing/rank").intValue()).isEqualTo(2);
        assertThat(second.at("/standing/waiting").intValue()).isEqualTo(2);
        assertThat(second.at("/standing/waitedSeconds").intValue()).isEqualTo(10);
        assertThat(second.at("/start/planned/cluster").stringValue()).isEqualTo("zurich");
        assertThat(second.at("/start/planned/at").stringValue()).isEqualTo("2026-03-01T12:59:30Z");
        assertThat(second.at("/start/basis").stringValue()).contains("running jobs");
        assertThat(second.at("/reasons").findValuesAsString("cluster")).containsExactlyInAnyOrder("zurich", "geneva");
        JsonNode runs = get("/v1/jobs/runs/explain");
        assertThat(runs.at("/cluster").stringValue()).isEqualTo("zurich");
        assertThat(runs.at("/standing").isNull()).isTrue();
    }

    @Test
    void shouldListStartsInTheOrderOfThePolicyAndHeldJobsLast() {
        jobs.queued("held", -30);
        jobs.queued("first", -20);
        jobs.queued("second", -10);
        post("/v1/jobs/held/hold", "{\"reason\":\"input is late\"}");

        JsonNode starts = get("/v1/queue/starts");

        assertThat(ids(starts)).containsExactly("first", "second", "held");
        assertThat(starts.at("/items/0/start/expected/at").stringValue()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(starts.at("/items/2/start").isNull()).isTrue();
        assertThat(starts.at("/items/2/reason").stringValue()).startsWith("QUEUE:HELD");
        assertThat(get("/v1/jobs/held/explain").at("/reasons/0/text").stringValue()).contains("user:api",
                "input is late", "release it");
    }

    @Test
    void shouldHoldReleaseAndMoveAJobAsOftenAsAsked() {
        jobs.queued("waits", 1);

        for (int time = 0; time < 2; time++) {
            assertThat(post("/v1/jobs/waits/hold", "").at("/reason").stringValue()).startsWith("QUEUE:HELD");
        }
        for (int time = 0; time < 2; time++) {
            assertThat(post("/v1/jobs/waits/priority", "{\"priority\":4711}").at("/priority").intValue())
                    .isEqualTo(4711);
        }
        for (int time = 0; time < 2; time++) {
            assertThat(post("/v1/jobs/waits/release", "{}").at("/state").stringValue()).isEqualTo("QUEUED");
        }
        assertThat(get("/v1/jobs/waits/history").path("items").findValuesAsString("type")).containsExactly("JobQueued",
                "JobHeld", "PriorityChanged", "JobReleased");
        assertThat(get("/v1/jobs/waits").at("/job/priority").intValue()).isEqualTo(4711);
    }

    @Test
    void shouldSayWhereAndWhenATriedJobWouldStart() {
        jobs.running("runs", -60);
        jobs.running("runs-too", -30);

        JsonNode trial = post("/v1/jobs/test", Jobs.JSON);

        assertThat(trial.at("/wouldStartNow").booleanValue()).isFalse();
        assertThat(trial.at("/start/planned/at").stringValue()).isEqualTo("2026-03-01T12:59:00Z");
        assertThat(trial.at("/standing/rank").intValue()).isEqualTo(1);
    }

    @Test
    void shouldPlanMaintenanceAndForgetItWhenTheClusterIsResumed() {
        post("/v1/clusters/zurich/drain",
                "{\"from\":\"2026-03-01T12:30:00Z\",\"to\":\"2026-03-01T14:00:00Z\",\"reason\":\"new disks\"}");
        jobs.queued("waits", 0);

        assertThat(get("/v1/jobs/waits/explain").path("reasons").findValuesAsString("code")).contains("MAINTENANCE");
        assertThat(get("/v1/clusters/zurich").at("/windows/0/reason").stringValue()).isEqualTo("new disks");
        assertThat(get("/v1/clusters/zurich").at("/status").stringValue()).isEqualTo("HEALTHY");
        assertThat(post("/v1/clusters/zurich/resume", "").at("/windows").size()).isZero();
        assertThat(post("/v1/clusters/geneva/resume", "").at("/status").stringValue()).isEqualTo("HEALTHY");
        assertThat(post("/v1/clusters/geneva/drain", "{\"to\":\"2026-03-01T12:10:00Z\"}").at("/status").stringValue())
                .isEqualTo("MAINTENANCE");
    }

    @Test
    void shouldExplainAQuotaAsTheReasonForWaiting() {
        ok(server.put("/v1/tenants", "{\"research\":{\"runningJobs\":1,\"weight\":2}}"));
        jobs.running("runs", 0);
        jobs.queued("waits", 1);

        assertThat(get("/v1/jobs/waits/explain").at("/reasons/0/text").stringValue())
                .contains("tenant research runs 1 of 1 jobs");
        JsonNode research = get("/v1/tenants").at("/items/0");
        assertThat(research.path("tenant").stringValue()).isEqualTo("research");
        assertThat(research.path("weight").doubleValue()).isEqualTo(2);
        assertThat(research.path("heldJobs").intValue()).isEqualTo(1);
    }

    @Test
    void shouldSayWhichLineOfTheTenantsIsWrong() {
        var answer = server.put("/v1/tenants", "{\n \"a\": {\n  \"weight\": -1}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("tenants:3: expected weight above 0");
    }

    @Test
    void shouldGiveUpWhatRunsOnAClusterOnlyWhenForced() {
        jobs.running("runs", 0);

        assertThat(server.delete("/v1/clusters/zurich").statusCode()).isEqualTo(409);
        JsonNode removed = ok(server.delete("/v1/clusters/zurich?force=true"));

        assertThat(removed.path("givenUp").intValue()).isEqualTo(1);
        assertThat(server.bean(TestPorts.PrintingCluster.class).cancelled).containsExactly("runs.1");
        assertThat(get("/v1/jobs/runs").path("state").stringValue()).isIn("BACKOFF", "FAILED");
    }
}
