package io.stepyard.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.model.job.ClusterKind;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.job.RunSpec;
import io.stepyard.model.resource.Resources;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kinds of runs in the job JSON (A11, A31), and which clusters take them. */
class RunKindsTest {

    private static final String SPARK = """
            {"kind": "spark", "application": "s3://jobs/pi.jar", "mainClass": "org.example.Pi", "arguments": ["100"],
             "conf": {"spark.eventLog.enabled": "true"}, "driver": {"cores": 1, "memory": "1GiB"},
             "executor": {"cores": 2, "memory": "2GiB"}, "executors": 3}
            """;

    private final JobReader reader = new JobReader();

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"kind\": \"script\", \"script\": \"echo hello\\necho bye\", \"workingDirectory\": \"/data\"}",
            "{\"kind\": \"slurm\", \"script\": \"#!/bin/bash\\nsrun true\", \"partition\": \"long\", \"account\": \"physics\", \"qos\": \"high\"}",
            "{\"kind\": \"yarn\", \"command\": \"java Am\", \"queue\": \"root.nightly\", \"applicationType\": \"FLINK\"}",
            "{\"kind\": \"kubernetes\", \"image\": \"busybox:1.36\", \"command\": [\"sh\", \"-c\"], \"arguments\": [\"exit 3\"], \"namespace\": \"batch\"}",
            SPARK})
    void shouldWriteWhatItReadsForEveryKind(String run) {
        JobSpec spec = valid(job(run, "1", "8GiB", "8"));

        assertThat(valid(reader.write(spec))).isEqualTo(spec);
    }

    @Test
    void shouldTakeTheSumOfASparkApplicationsPartsWhereNothingIsSaid() {
        JobSpec spec = valid("""
                {"schemaVersion": 1, "name": "pi", "run": %s}
                """.formatted(SPARK));

        assertThat(spec.resources()).isEqualTo(Resources.ofCores(7, 7 * 1024));
    }

    @Test
    void shouldRefuseASparkApplicationThatIsLargerThanItSays() {
        assertThat(faults(job(SPARK, "1", "8GiB", "4"))).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo("/cpu");
            assertThat(fault.expected()).contains("3 executor(s)").contains("7 cores");
        });
    }

    @Test
    void shouldRefuseSizesHiddenAmongTheSparkProperties() {
        String hidden = SPARK.replace("spark.eventLog.enabled", "spark.executor.memory");

        assertThat(faults(job(hidden, "1", "8GiB", "8"))).singleElement()
                .satisfies(fault -> assertThat(fault.found()).contains("spark.executor.memory"));
    }

    @Test
    void shouldStillAskForCpuAndMemoryOfEverythingElse() {
        assertThat(faults("""
                {"schemaVersion": 1, "name": "n", "run": {"kind": "script", "script": "true"}}
                """)).extracting(Fault::pointer).containsExactlyInAnyOrder("/cpu", "/memory");
    }

    @Test
    void shouldRefuseAJobThatNoRegisteredKindOfClusterCanRun() {
        JobSpec spec = valid(job(SPARK, "1", "8GiB", "8"));

        assertThat(Fit.whyNowhere(spec, List.of(cluster("zurich", "http"), cluster("bern", "slurm"))))
                .hasValueSatisfying(why -> assertThat(why).contains("zurich: it is a cluster of kind http")
                        .contains("bern: it is a cluster of kind slurm").contains("/run/kind"));
        assertThat(Fit.whyNowhere(spec, List.of(cluster("zurich", "http"), cluster("basel", "spark")))).isEmpty();
    }

    @Test
    void shouldKnowForEveryKindOfRunAClusterThatTakesIt() {
        for (Class<?> kind : RunSpec.class.getPermittedSubclasses()) {
            assertThat(List.of(ClusterKind.values())).as(kind.getSimpleName())
                    .anyMatch(cluster -> cluster.runs()
                            .contains(kind.getSimpleName().toLowerCase(java.util.Locale.ROOT)));
        }
    }

    private static String job(String run, String version, String memory, String cpu) {
        return """
                {"schemaVersion": %s, "name": "n", "cpu": %s, "memory": "%s", "run": %s}
                """.formatted(version, cpu, memory, run);
    }

    private static ClusterRecord cluster(String name, String kind) {
        return new ClusterRecord(name, 1, kind, URI.create("http://127.0.0.1:1"), Resources.ofCores(64, 65536),
                Map.of(),
                false, null, Resources.NONE, ClusterRecord.Health.NEVER_CHECKED);
    }

    private JobSpec valid(String json) {
        assertThat(reader.read(json)).isInstanceOf(JobReading.Valid.class);
        return ((JobReading.Valid) reader.read(json)).spec();
    }

    private List<Fault> faults(String json) {
        assertThat(reader.read(json)).isInstanceOf(JobReading.Invalid.class);
        return ((JobReading.Invalid) reader.read(json)).faults();
    }
}
