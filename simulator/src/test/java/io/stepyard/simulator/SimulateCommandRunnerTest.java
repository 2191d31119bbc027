package io.stepyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a user of the simulator sees. */
class SimulateCommandRunnerTest {

    private static final String LOG = """
            ; MaxProcs: 4
            1 0  -1 100 4 -1 -1 4 200 -1 1 7 -1 -1 -1 -1 -1 -1
            2 10 -1 100 4 -1 -1 4 200 -1 1 8 -1 -1 -1 -1 -1 -1
            3 20 -1 50  1 -1 -1 1 60  -1 1 9 -1 -1 -1 -1 -1 -1
            4 30 -1 50  9 -1 -1 9 60  -1 1 9 -1 -1 -1 -1 -1 -1
            5 40 -1 0   1 -1 -1 1 60  -1 1 9 -1 -1 -1 -1 -1 -1
            """;

    @TempDir
    Path folder = Path.of("unset");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final SimulateCommandRunner runner = new SimulateCommandRunner(
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));

    @Test
    void shouldCompareThePoliciesOfATraceInOneTable() throws IOException {
        List<PolicyResult> results = runner.run(SimulateRequest.of(log(LOG), List.of("strict", "easy", "default")));

        assertThat(results).extracting(PolicyResult::policy).containsExactly("strict", "easy", "default");
        // By hand: 0-100, 100-200, then 200-250, waits 0, 90, 180.
        assertThat(results.getFirst().metrics().meanWaitSeconds()).isEqualTo(90);
        assertThat(results.getFirst().metrics().maxWaitSeconds()).isEqualTo(180);
        assertThat(results.getFirst().metrics().utilisation()).isEqualTo((400.0 + 400 + 50) / (4 * 250));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("POLICY", "MEAN WAIT s", "easy", "TENANT",
                "SLOWDOWN");
    }

    @Test
    void shouldNameAndCountTheJobsItLeavesOut() throws IOException {
        runner.run(SimulateRequest.of(log(LOG), List.of("easy")));

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("left out 1, each asks for more than the machine's 4 processors: [4]")
                .contains("left out 1, each never ran: [5]");
    }

    @Test
    void shouldReadPlainLogsAsItReadsPackedOnes() throws IOException {
        Path packed = folder.resolve("log.swf.gz");
        try (OutputStream stream = new GZIPOutputStream(Files.newOutputStream(packed))) {
            stream.write(LOG.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(Trace.read(packed).jobs()).isEqualTo(Trace.read(log(LOG)).jobs()).hasSize(3);
    }

    @Test
    void shouldSayFileAndLineOfALineThatIsNoJob() throws IOException {
        Path file = log("; MaxProcs: 4\n1 0 -1 ten 4 -1 -1 4 200 -1 1 7\n");

        assertThatThrownBy(() -> runner.run(SimulateRequest.of(file, List.of("easy")))).isInstanceOf(InputFault.class)
                .hasMessage("log.swf:2: expected a number in field 4, but found 'ten'");
        assertThatThrownBy(() -> Trace.read(log("1 2 3\n"))).isInstanceOf(InputFault.class)
                .hasMessage("log.swf:1: expected at least 12 fields of the Standard Workload Format, but found 3");
        assertThatThrownBy(() -> Trace.read(log("; nothing\n"))).isInstanceOf(InputFault.class)
                .hasMessageContaining("found none");
    }

    @Test
    void shouldRefuseAPolicyOrModeThatDoesNotExist() throws IOException {
        Path file = log(LOG);
        assertThatThrownBy(() -> runner.run(SimulateRequest.of(file, List.of("quickest"))))
                .isInstanceOf(InputFault.class).hasMessageContaining("'quickest'").hasMessageContaining("best-effort");
        assertThatThrownBy(() -> runner.run(new SimulateRequest(file, null, null, List.of("easy"), "sometimes",
                "request", "request", null, false))).isInstanceOf(InputFault.class)
                .hasMessageContaining("per-event").hasMessageContaining("'sometimes'");
        assertThatThrownBy(() -> runner.run(SimulateRequest.of(folder.resolve("no.swf"), List.of("easy"))))
                .isInstanceOf(InputFault.class).hasMessageContaining("no.swf");
    }

    @Test
    void shouldWritePlotsAndDecisionsThatCanBeRead() throws Exception {
        Path plots = folder.resolve("plots");
        runner.run(new SimulateRequest(null, new WorkloadGenerator(3, 300, 0.9, 64, 12), null,
                List.of("source", "default"), "per-event", "request", "request", plots, true));

        for (String name : List.of("utilisation.svg", "queue.svg", "waits.svg", "gantt-1.svg", "gantt-2.svg")) {
            var document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(plots.resolve(name).toFile());
            assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        }
        List<String> lines = Files.readAllLines(plots.resolve("decisions-2.jsonl"));
        assertThat(lines).hasSize(900);
        JsonMapper json = new JsonMapper();
        assertThat(lines.stream().map(json::readTree).filter(line -> line.get("event").asString().equals("placed")))
                .hasSize(300).allSatisfy(line -> assertThat(line.get("waitSeconds").asLong()).isNotNegative());
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("100 %");
    }

    @Test
    void shouldPlaceOverTheClustersOfAFileAndCountJobsThatFitNone() throws IOException {
        Path clusters = Files.writeString(folder.resolve("clusters.json"), """
                {"clusters":[{"name":"zurich","cpu":2,"memory":"8GiB"},{"name":"geneva","cpu":3,"memory":"8GiB"}]}
                """);
        List<PolicyResult> results = runner.run(new SimulateRequest(log(LOG), null, clusters, List.of("easy"),
                "per-timestamp", "request", "request", null, false));

        assertThat(results.getFirst().metrics().unstarted()).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("2 jobs ask for more than any cluster")
                .contains("1, 2");
    }

    @Test
    void shouldSayWhereAClusterFileIsWrong() throws IOException {
        for (String[] bad : new String[][]{{"{\"clusters\":[\n{]}", ":2: expected JSON"},
                {"{\"clusters\":[{\"name\":\"a\",\"cpu\":0,\"memory\":\"1GiB\"}]}", "/clusters/0/cpu: expected cores"},
                {"{\"clusters\":[{\"name\":\"a\",\"cpu\":1,\"memory\":\"1\"}]}", "/clusters/0/memory: expected a size"},
                {"{\"clusters\":[\n{\"name\":\"a\",\n\"cpu\":-2,\"memory\":\"1GiB\"}]}",
                        "bad.json:3: /clusters/0/cpu: expected"},
                {"{\"clusters\":[\n{\"name\":\"a\",\n\"cpu\":2}]}", "bad.json:2: /clusters/0/memory: expected"},
                {"{\"clusters\":[{\"name\":\"a\",\"cpu\":1,\"memory\":\"1GiB\",\n\"labels\":[1]}]}",
                        "bad.json:2: /clusters/0/labels: expected names"},
                {"{}", "expected an array at /clusters"}, {"0 a 1 x 1 1024\n", ":1: expected numbers"},
                {"0 a 1 1 1 1024\n1 b 0 4 1 1024\n", "bad.json:2: expected nodes"}}) {
            Path file = Files.writeString(folder.resolve("bad.json"), bad[0]);
            assertThatThrownBy(() -> ClusterFile.read(file)).isInstanceOf(InputFault.class)
                    .hasMessageContaining("bad.json").hasMessageContaining(bad[1]);
        }
    }

    @Test
    void shouldSayWhereAPackedLogBreaksOff() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream stream = new GZIPOutputStream(packed)) {
            stream.write(LOG.getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = packed.toByteArray();
        Path broken = Files.write(folder.resolve("broken.swf.gz"), Arrays.copyOf(bytes, bytes.length - 12));

        assertThatThrownBy(() -> Trace.read(broken)).isInstanceOf(InputFault.class)
                .hasMessageMatching("broken\\.swf\\.gz:[0-9]+: expected a whole gzip file, .*");
    }

    @Test
    void shouldNameAJobThatNoMachineCanEverRun() throws IOException {
        Trace trace = Trace.read(log("""
                1 0 -1 100 4 -1 -1 4 200 -1 1 7
                2 0 -1 100 9000000000000000000 -1 -1 9000000000000000000 200 -1 1 7
                3 0 -1 100 4 -1 -1 4 200 9000000000000000000 1 7
                4 0 -1 9000000000000000000 4 -1 -1 4 9000000000000000000 -1 1 7
                """));

        assertThat(trace.jobs()).hasSize(1);
        assertThat(trace.dropped()).containsEntry("asks for more than any machine has", List.of(2L, 3L))
                .containsEntry("has a time beyond the year 9999", List.of(4L));
    }

    @Test
    void shouldCompareEvenWhenNoJobFitsAnywhere() throws IOException {
        Path clusters = Files.writeString(folder.resolve("tiny.json"),
                "{\"clusters\":[{\"name\":\"tiny\",\"cpu\":0.5,\"memory\":\"1GiB\"}]}");
        Path plots = folder.resolve("tiny-plots");
        List<PolicyResult> results = runner.run(new SimulateRequest(log(LOG), null, clusters,
                List.of("easy", "default"), "per-timestamp", "request", "request", plots, false));

        assertThat(results.getFirst().metrics().unstarted()).isEqualTo(3);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("3 jobs ask for more than any cluster");
        assertThat(plots.resolve("gantt-2.svg")).isRegularFile();
    }

    @Test
    void shouldReplayTheHistoryOfOurOwnJobs() throws IOException {
        Path history = Files.writeString(folder.resolve("history.jsonl"),
                """
                        {"jobId":"a","tenant":"x","priority":5,"submittedAt":"2026-03-01T10:00:00Z","startedAt":"2026-03-01T10:00:05Z","endedAt":"2026-03-01T10:01:05Z","cpuMillicores":2000,"memoryMib":512,"timeLimitSeconds":600}
                        {"jobId":"b","tenant":"y","priority":0,"submittedAt":"2026-03-01T10:00:01Z","startedAt":null,"endedAt":null,"cpuMillicores":2000,"memoryMib":512,"timeLimitSeconds":600}
                        """);
        Trace trace = Trace.of(history);

        assertThat(trace.jobs()).singleElement().satisfies(job -> {
            assertThat(job.runSeconds()).isEqualTo(60);
            assertThat(job.priority()).isEqualTo(5);
        });
        assertThat(trace.dropped()).containsKey("has not run to an end");
    }

    @Test
    void shouldGenerateTheSameWorkloadFromTheSameSeed() {
        WorkloadGenerator generator = new WorkloadGenerator(7, 500, 1.1, 100, 20);

        assertThat(generator.generate().jobs()).isEqualTo(generator.generate().jobs()).hasSize(500);
        assertThat(new WorkloadGenerator(8, 500, 1.1, 100, 20).generate().jobs())
                .isNotEqualTo(generator.generate().jobs());
    }

    private Path log(String text) throws IOException {
        return Files.writeString(folder.resolve("log.swf"), text);
    }
}
