package io.stepyard.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JobApiTest {

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

    @Test
    void shouldListJobsNewestFirstPageByPageWithoutLossOrRepetition() {
        for (int n = 0; n < 25; n++) {
            jobs.queued("job-" + n, n);
        }
        List<String> seen = new ArrayList<>();
        String next = "/v1/jobs?limit=10";
        int pages = 0;
        while (next != null) {
            JsonNode page = json(next);
            page.path("items").forEach(item -> seen.add(item.path("jobId").stringValue()));
            JsonNode cursor = page.path("nextCursor");
            next = cursor.isNull() ? null : "/v1/jobs?limit=10&cursor=" + cursor.stringValue();
            pages++;
        }

        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(25).doesNotHaveDuplicates().startsWith("job-24", "job-23").endsWith("job-0");
    }

    @Test
    void shouldListOnlyTheStatesAndTheTenantAskedFor() {
        jobs.running("runs", 1);
        jobs.queued("waits", 2);
        jobs.succeeded("done", 3);

        assertThat(ids(json("/v1/jobs?state=RUNNING,SUCCEEDED"))).containsExactly("done", "runs");
        assertThat(ids(json("/v1/jobs?tenant=research"))).hasSize(3);
        assertThat(ids(json("/v1/jobs?tenant=nobody"))).isEmpty();
    }

    @Test
    void shouldShowTheQueueWithRunningJobsFirstThenWaitingOnesInOrderWithReasons() {
        jobs.queued("waits", 5);
        jobs.queued("waits-longer", 2);
        jobs.backingOff("pauses", 1);
        jobs.granted("granted", 3);
        jobs.running("runs", 4);
        jobs.succeeded("done", 0);

        JsonNode queue = json("/v1/queue");

        assertThat(ids(queue)).containsExactly("runs", "granted", "waits-longer", "waits", "pauses");
        assertThat(queue.at("/items/0/reason").isNull()).isTrue();
        assertThat(queue.at("/items/2/reason").stringValue()).contains("CAPACITY:RESOURCES - ");
        assertThat(queue.at("/items/3/reason").stringValue()).contains("CAPACITY:RESOURCES - ");
        assertThat(queue.at("/items/4/reason").stringValue()).startsWith("RETRY:BACKOFF - attempt 2 of 3");
        assertThat(queue.at("/counts/QUEUED").intValue()).isEqualTo(2);
        assertThat(queue.at("/counts/SUCCEEDED").intValue()).isEqualTo(1);
        assertThat(queue.at("/counts/FAILED").intValue()).isZero();
        assertThat(ids(json("/v1/queue?limit=2"))).containsExactly("runs", "granted");
    }

    @Test
    void shouldShowOneJobWithItsAttemptsAndEveryReason() {
        jobs.queued("waits", 1);
        jobs.running("runs", 1);
        jobs.running("runs-too", 1);
        jobs.failed("broke", 2);

        JsonNode waits = json("/v1/jobs/waits");
        JsonNode broke = json("/v1/jobs/broke");

        assertThat(waits.at("/reasons").findValuesAsString("code")).containsExactlyInAnyOrder("DRAINED", "RESOURCES");
        assertThat(waits.at("/reasons").findValuesAsString("cluster")).containsExactlyInAnyOrder("geneva", "zurich");
        assertThat(waits.at("/job/memory").stringValue()).isEqualTo("2048MiB");
        assertThat(broke.at("/state").stringValue()).isEqualTo("FAILED");
        assertThat(broke.at("/attemptsMade").intValue()).isEqualTo(1);
        assertThat(broke.at("/attempts/0/cluster").stringValue()).isEqualTo("zurich");
        assertThat(broke.at("/attempts/0/failure/errorOutput").stringValue()).isEqualTo("access denied");
        assertThat(broke.at("/failure/code").stringValue()).isEqualTo("EXIT_3");
    }

    @Test
    void shouldTellThatAJobIsOutOfSightAndNotThatItFailed() {
        jobs.unknown("away", 1);

        JsonNode away = json("/v1/jobs/away");

        assertThat(away.at("/state").stringValue()).isEqualTo("UNKNOWN");
        assertThat(away.at("/failure").isNull()).isTrue();
        assertThat(away.at("/reason").stringValue()).startsWith("CLUSTER:UNREACHABLE - cluster zurich");
    }

    @Test
    void shouldReadOutputFromTheClusterAndErrorOutputFromTheStoreWhenTheClusterIsAway() {
        jobs.failed("broke", 1);
        jobs.running("runs", 2);
        var cluster = server.bean(TestPorts.PrintingCluster.class);
        cluster.errorOutputs.put("broke.1", "all of the error output");

        var fresh = server.get("/v1/jobs/broke/logs?attempt=1&maxBytes=6");
        assertThat(fresh.body()).isEqualTo("output");
        assertThat(fresh.headers().firstValue("Stepyard-Source")).contains("cluster");
        assertThat(server.get("/v1/jobs/runs/logs?stream=stdout").body()).isEqualTo("out of runs.1");

        cluster.down.set(true);
        var stored = server.get("/v1/jobs/broke/logs");
        assertThat(stored.body()).isEqualTo("access denied");
        assertThat(stored.headers().firstValue("Stepyard-Source")).contains("store");
        assertThat(server.get("/v1/jobs/runs/logs").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldCancelAJobOnceHoweverOftenItIsAsked() {
        jobs.queued("doomed", 1);

        assertThat(server.post("/v1/jobs/doomed/cancel", "{\"reason\":\"no need\"}").statusCode()).isEqualTo(202);
        var again = server.post("/v1/jobs/doomed/cancel", "");

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(again.body()).at("/state").stringValue()).isEqualTo("CANCELLED");
        assertThat(json("/v1/jobs/doomed/history").at("/items/1/detail").stringValue()).isEqualTo("no need");
    }

    @Test
    void shouldTryAJobOutWithoutQueueingIt() {
        JsonNode good = JSON.readTree(server.post("/v1/jobs/test", Jobs.JSON).body());
        JsonNode large = JSON.readTree(server.post("/v1/jobs/test", Jobs.JSON.replace("\"cpu\":2", "\"cpu\":64"))
                .body());
        JsonNode bad = JSON.readTree(server.post("/v1/jobs/test", "{\"name\":7}").body());
        JsonNode elsewhere = JSON.readTree(server.post("/v1/jobs/test",
                Jobs.JSON.replace("\"cpu\":2", "\"clusters\":[\"basel\"],\"cpu\":2")).body());

        assertThat(good.at("/wouldStartNow").booleanValue()).isTrue();
        assertThat(large.at("/wouldStartNow").booleanValue()).isFalse();
        assertThat(large.at("/fits/0/reason").stringValue()).contains("4 cores");
        assertThat(bad.at("/valid").booleanValue()).isFalse();
        assertThat(elsewhere.at("/valid").booleanValue()).isFalse();
        assertThat(elsewhere.at("/faults/0/pointer").stringValue()).isEqualTo("/clusters");
        assertThat(elsewhere.at("/faults/0/found").stringValue()).isEqualTo("basel");
        assertThat(bad.at("/faults").size()).isGreaterThan(1);
        assertThat(ids(json("/v1/jobs"))).isEmpty();
    }

    @Test
    void shouldShowDrainAndReservationsOfClusters() {
        jobs.running("runs", 1);

        JsonNode clusters = json("/v1/clusters");

        assertThat(clusters.at("/items/0/status").stringValue()).isEqualTo("DRAINED");
        assertThat(clusters.at("/items/0/detail").stringValue()).isEqualTo("new disks");
        assertThat(clusters.at("/items/1/status").stringValue()).isEqualTo("HEALTHY");
        assertThat(clusters.at("/items/1/reserved/cpuMillicores").intValue()).isEqualTo(2000);
        assertThat(clusters.at("/items/1/liveJobs").intValue()).isEqualTo(1);
    }

    @Test
    void shouldCarryNoTaskTokenInAnyAnswer() {
        for (String job : List.of("waits", "doomed")) {
            jobs.queued(job, 1);
        }
        jobs.granted("granted", 2);

        List<String> answers = new ArrayList<>();
        for (String path : List.of("/v1/jobs", "/v1/queue", "/v1/clusters", "/v1/jobs/waits", "/v1/jobs/granted",
                "/v1/jobs/granted/history", "/v1/jobs/waits/history", "/v1/jobs/granted/logs", "/actuator/health",
                "/actuator/prometheus")) {
            answers.add(server.get(path).body());
        }
        answers.add(server.post("/v1/jobs/doomed/cancel", "").body());

        assertThat(answers).noneMatch(answer -> answer.contains("secretTaskToken") || answer.contains("\"token\""));
    }

    private JsonNode json(String path) {
        var answer = server.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.path("items").forEach(item -> ids.add(item.path("jobId").stringValue()));
        return ids;
    }
}
