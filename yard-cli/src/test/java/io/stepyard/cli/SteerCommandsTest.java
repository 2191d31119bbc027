package io.stepyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** explain, queue --start, hold, release, priority, clusters, tenants and the export of the history. */
class SteerCommandsTest {

    private static final String STANDING = """
            {"rank":2,"waiting":3,"firstByAge":false,"priority":1000,"score":1.5,"waitedSeconds":90,"expansion":1.15,
            "fairShare":0.8}""";
    private static final String START = """
            {"planned":{"cluster":"zurich","at":"2026-11-21T11:00:00Z"},
            "expected":{"cluster":"geneva","at":"2026-11-21T10:30:00Z"},"basis":"if jobs run as long as"}""";
    private static final String CLUSTER = """
            {"name":"zurich","kind":"http","endpoint":"http://127.0.0.1:8091","labels":{"zone":"eu"},"status":"DRAINED",
            "capacity":{"cpuMillicores":4000,"memoryMib":8192},"reserved":{"cpuMillicores":0,"memoryMib":0},"used":null,
            "sampledAt":null,"detail":"new disks","liveJobs":0,"registeredBy":"CLUSTERS_FILE",
            "windows":[{"from":"2026-11-21T18:00:00Z","to":"2026-11-21T20:00:00Z","reason":"power"}]}""";

    @TempDir
    Path directory = Path.of("");

    private final FakeServices services = services();

    private static FakeServices services() {
        try {
            return new FakeServices();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @AfterEach
    void stop() {
        services.close();
    }

    private Shell run(int exitCode, String... words) {
        Shell shell = Shell.at(services, directory);
        assertThat(shell.run(words)).as(shell.err()).isEqualTo(exitCode);
        return shell;
    }

    @Test
    void shouldExplainAJobWithItsRankItsStartAndEveryReason() {
        services.answer("GET /v1/jobs/pi-1/explain", 200,
                """
                        {"jobId":"pi-1","name":"pi","tenant":"research","state":"QUEUED","at":"2026-11-21T10:15:00Z","cluster":null,
                        "standing":%s,"start":%s,"reasons":[
                        {"cluster":"zurich","code":"RESOURCES","category":"CAPACITY","text":"zurich lacks 2 of 4 cores"},
                        {"cluster":null,"code":"QUOTA","category":"CAPACITY","text":"tenant research runs 1 of 1 jobs"}]}"""
                        .formatted(STANDING, START));

        assertThat(run(0, "explain", "pi-1").out()).contains("pi-1  QUEUED  (pi of tenant research)",
                "rank      2 of 3: priority 1000, score 1.500 (waited 1:30, expansion 1.15, tenant at 0.80 of its due)",
                "expected  2026-11-21T10:30:00Z on geneva", "planned   2026-11-21T11:00:00Z on zurich",
                "zurich  CAPACITY:RESOURCES - zurich lacks 2 of 4 cores", "*  CAPACITY:QUOTA - tenant research");
        JsonNode json = JsonMapper.shared().readTree(run(0, "explain", "pi-1", "--json").out());
        assertThat(json.at("/explanation/standing/rank").intValue()).isEqualTo(2);
        assertThat(json.at("/version").intValue()).isEqualTo(1);
        run(4, "explain", "nobody");
    }

    @Test
    void shouldShowWhenWaitingJobsWouldStart() {
        services.answer("GET /v1/queue/starts", 200, """
                {"at":"2026-11-21T10:15:00Z","items":[
                {"jobId":"pi-1","name":"pi","tenant":"research","priority":1000,"queuedAt":"2026-11-21T10:10:00Z",
                "standing":%s,"start":%s,"reason":"CAPACITY:RESOURCES - no room"},
                {"jobId":"pi-2","name":"pi","tenant":"web","priority":9,"queuedAt":"2026-11-21T10:10:00Z",
                "standing":null,"start":null,"reason":"QUEUE:HELD - held"}]}""".formatted(STANDING, START));

        assertThat(run(0, "queue", "--start").out().lines()).hasSize(3)
                .anyMatch(line -> line.matches("pi-1 +pi +research +1000 +2 +2026-11-21T10:30:00Z +2026-11-21T11:00:00Z"
                        + " +geneva +if jobs run as long as \\(CAPACITY:RESOURCES - no room\\)"))
                .anyMatch(line -> line.matches("pi-2 +pi +web +9 +- +- +- +- +\\(QUEUE:HELD - held\\)"));
        assertThat(run(0, "queue", "--start", "--tenant", "web").out()).contains("pi-2").doesNotContain("pi-1");
        assertThat(JsonMapper.shared().readTree(run(0, "queue", "--start", "--json").out())
                .at("/items/0/start/planned/cluster").stringValue()).isEqualTo("zurich");
    }

    @Test
    void shouldSteerEachJobAndGoOnAfterOneThatIsRefused() {
        services.answer("POST /v1/jobs/a/hold", 200, Samples.line("a", "pi", "web", "QUEUED", ""));
        services.answer("POST /v1/jobs/b/hold", 409,
                "{\"title\":\"Conflict\",\"status\":409,\"code\":\"JOB_NOT_WAITING\",\"detail\":\"Job 'b' is RUNNING.\"}");
        services.answer("POST /v1/jobs/a/release", 200, Samples.line("a", "pi", "web", "QUEUED", ""));
        services.answer("POST /v1/jobs/a/priority", 200, Samples.line("a", "pi", "web", "QUEUED", ""));

        Shell hold = run(3, "hold", "b", "a", "--reason", "late");
        assertThat(hold.out()).contains("a  held, QUEUED");
        assertThat(hold.err()).contains("Job 'b' is RUNNING");
        assertThat(services.requests("POST /v1/jobs/a/hold").getFirst().json().path("reason").stringValue())
                .isEqualTo("late");
        assertThat(run(0, "release", "a").out()).contains("a  not held, QUEUED");
        assertThat(run(0, "priority", "a", "9000", "--json").out()).contains("\"priority\" : 1000");
        assertThat(services.requests("POST /v1/jobs/a/priority").getFirst().json().path("priority").intValue())
                .isEqualTo(9000);
        run(2, "priority", "a", "high");
    }

    @Test
    void shouldShowDrainResumeAddAndRemoveClusters() {
        services.answer("GET /v1/clusters/zurich", 200, CLUSTER);
        services.answer("POST /v1/clusters/zurich/drain", 200, CLUSTER);
        services.answer("POST /v1/clusters/zurich/resume", 200, CLUSTER);
        services.answer("POST /v1/clusters", 201, CLUSTER);
        services.answer("DELETE /v1/clusters/zurich", 200, "{\"name\":\"zurich\",\"removed\":true,\"givenUp\":2}");
        services.answer("GET /v1/clusters", 200, "{\"items\":[" + CLUSTER + "]}");

        assertThat(run(0, "clusters", "show", "zurich").out()).contains("zurich  DRAINED: new disks",
                "registered by clusters file", "planned   2026-11-21T18:00:00Z to 2026-11-21T20:00:00Z: power",
                "used ?");
        run(0, "clusters", "drain", "zurich", "--at", "2026-11-21T18:00:00Z", "--for", "2h", "--reason", "power");
        JsonNode drain = services.requests("POST /v1/clusters/zurich/drain").getFirst().json();
        assertThat(drain.path("from").stringValue()).isEqualTo("2026-11-21T18:00:00Z");
        assertThat(drain.path("to").stringValue()).isEqualTo("2026-11-21T20:00:00Z");
        run(2, "clusters", "drain", "zurich", "--at", "2026-11-21T18:00:00Z");
        run(2, "clusters", "drain", "zurich", "--at", "soon", "--for", "2h");
        run(0, "clusters", "resume", "zurich");
        run(0, "clusters", "add", "zurich", "--url", "http://127.0.0.1:8091", "--label", "zone=eu");
        assertThat(services.requests("POST /v1/clusters").getFirst().json().at("/labels/zone").stringValue())
                .isEqualTo("eu");
        assertThat(run(0, "clusters", "remove", "zurich", "--force").out())
                .contains("removed, 2 attempts count as lost");
        assertThat(services.requests("DELETE /v1/clusters/zurich").getFirst().query()).isEqualTo("force=true");
        assertThat(run(0, "clusters", "list").out()).isEqualTo(run(0, "clusters").out()).contains("zurich");
    }

    @Test
    void shouldShowAndReplaceWhatTenantsMayHaveAndTellFileAndLineOfAFault() throws IOException {
        services.answer("PUT /v1/tenants", 200, """
                {"items":[{"tenant":"web","weight":2.0,"cpuMillicores":4000,"memoryMib":null,"runningJobs":null,
                "heldCpuMillicores":1000,"heldMemoryMib":512,"heldJobs":1,"usedCoreSeconds":7200.0}]}""");
        Files.writeString(directory.resolve("good.json"), "{\"web\":{\"weight\":2,\"cpu\":4}}");
        Files.writeString(directory.resolve("bad.json"), "{\n\"web\":{\n\"cpu\":-4}}");

        assertThat(run(0, "tenants", "--set", "good.json").out())
                .containsPattern("web +2.000 +4 +1 +- +512MiB +- +1 +2.00");
        assertThat(run(3, "tenants", "--set", "bad.json").err())
                .contains("bad.json:3: expected cpu in cores, 0 or more, with at most 3 decimals, but found '-4'");
        assertThat(services.requests("PUT /v1/tenants")).hasSize(1);
    }

    @Test
    void shouldExportTheHistoryPageByPageInTheFormThatTheSimulatorReads() throws IOException {
        services.answer("GET /v1/jobs", 200, "{\"items\":[" + ended("c", 30) + "," + ended("b", 20)
                + "],\"nextCursor\":\"more\"}");
        services.answer("GET /v1/jobs", 200, "{\"items\":[" + ended("a", 10) + "],\"nextCursor\":null}");
        Files.writeString(directory.resolve("clusters.json"),
                "[{\"name\":\"zurich\",\"cpu\":4,\"memory\":\"8GiB\"}]");

        assertThat(run(0, "history", "--export", "jobs.jsonl").out()).contains("Wrote 3 jobs to jobs.jsonl");
        assertThat(Files.readAllLines(directory.resolve("jobs.jsonl"))).hasSize(3);
        assertThat(services.requests("GET /v1/jobs").getLast().query()).contains("cursor=more");
        assertThat(run(0, "simulate", "--trace", "jobs.jsonl", "--clusters", "clusters.json", "--policy",
                "source,default").out()).contains("source", "default");
        run(2, "history");
    }

    private static String ended(String jobId, int minute) {
        return """
                {"jobId":"%s","name":"job","tenant":"web","priority":1000,"state":"SUCCEEDED","cpuMillicores":1500,
                "memoryMib":1536,"timeLimitSeconds":600,"submittedAt":"2026-11-21T10:%d:00Z",
                "queuedAt":"2026-11-21T10:%d:00Z","startedAt":"2026-11-21T10:%d:05Z","endedAt":"2026-11-21T10:%d:45Z",
                "cluster":"zurich","attemptsMade":1,"reason":null,"failure":null}"""
                .formatted(jobId, minute, minute, minute, minute).replace("\n", "");
    }
}
