package io.stepyard.clusters.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.cluster.Submission;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.job.RetryPolicy;
import io.stepyard.model.job.RunSpec;
import io.stepyard.model.resource.Resources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlurmJobTextTest {

    private static final SlurmOptions OPTIONS = new SlurmOptions(Optional.of("nobody"), Optional.of("debug"),
            Optional.empty(), Optional.empty(), Optional.of("/shared/out"), Optional.of(Path.of("/mnt/out")));

    @Test
    void shouldAskForWholeUnitsThatAreNeverTooSmall() {
        Map<?, ?> job = job(new RunSpec.Command(List.of("true"), null), SlurmVersion.V38);

        assertThat(job.get("cpus_per_task")).isEqualTo(2L);
        assertThat(job.get("memory_per_node")).isEqualTo(512L);
        assertThat(job.get("time_limit")).isEqualTo(2L);
    }

    @Test
    void shouldWriteNumbersAndTheEnvironmentAsTheNewerParsersWantThem() {
        Map<?, ?> job = job(new RunSpec.Command(List.of("true"), null), SlurmVersion.V42);

        assertThat(job.get("time_limit")).isEqualTo(Map.of("set", true, "number", 2L));
        assertThat(job.get("environment")).isEqualTo(List.of("PATH=/usr/local/bin:/usr/bin:/bin", "A=b c"));
    }

    @Test
    void shouldPassEveryWordOfACommandAsItIs() {
        assertThat(SlurmJobText.script(new RunSpec.Command(List.of("echo", "it's", "$HOME `x`"), null)))
                .isEqualTo("#!/bin/sh\nexec 'echo' 'it'\\''s' '$HOME `x`'\n");
    }

    @Test
    void shouldPreferWhatTheJobSaysToWhatTheClusterSays() {
        assertThat(job(new RunSpec.Slurm("#!/bin/sh\ntrue", "long", "physics", "high", "/data"), SlurmVersion.V38))
                .containsEntry("partition", "long").containsEntry("account", "physics").containsEntry("qos", "high")
                .containsEntry("current_working_directory", "/data");
        assertThat(job(new RunSpec.Script("true", null), SlurmVersion.V38)).containsEntry("partition", "debug")
                .doesNotContainKeys("account", "qos");
    }

    @Test
    void shouldNameOutputFilesSoThatSlurmExpandsNothingAndNoTwoKeysMeet() {
        assertThat(SlurmJobText.fileName("a%j#1", "err")).isEqualTo("stepyard-a_25j_231.err");
        assertThat(SlurmJobText.fileName("a_25", "err")).isNotEqualTo(SlurmJobText.fileName("a%", "err"));
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> job(RunSpec run, SlurmVersion version) {
        JobSpec spec = new JobSpec("name", "research", 1, new Resources(1500, 512), Duration.ofSeconds(61), Set.of(),
                Map.of(), run, Map.of("A", "b c"), RetryPolicy.DEFAULT, Map.of());
        return (Map<Object, Object>) java.util.Objects.requireNonNull(
                SlurmJobText.body(new Submission("job-1#1", "job-1", 1, spec), OPTIONS, version).get("job"));
    }
}
