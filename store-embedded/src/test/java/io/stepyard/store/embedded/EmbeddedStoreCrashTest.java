package io.stepyard.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.QueueRow;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreCrashTest {

    @TempDir
    @Nullable
    Path directory;

    @Test
    @Timeout(180)
    void shouldKeepEveryAcknowledgedCommitWhenTheProcessIsKilled() throws Exception {
        Set<String> acknowledged = new HashSet<>();
        List<Integer> kills = List.of(1, 40, 700, 1500, 333);
        for (int round = 0; round < kills.size(); round++) {
            acknowledged.addAll(commitUntilKilled(round, kills.get(round)));
            assertEverythingIsThere(acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(kills.stream().mapToInt(Integer::intValue).sum());
    }

    private Set<String> commitUntilKilled(int round, int kill) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-Xmx128m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                CrashingProcess.class.getName(), path().toString(), "r" + round)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Set<String> acknowledged = new HashSet<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // A line can be cut in two by the kill; only whole ones end so.
                if (line.endsWith(CrashingProcess.LINE_END)) {
                    acknowledged.add(line.substring(0, line.length() - CrashingProcess.LINE_END.length()));
                }
                if (acknowledged.size() == kill) {
                    // Through the handle: it leaves the output open, and what was printed before the end counts.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue()).as("killed with signal 9").isEqualTo(128 + 9);
        return acknowledged;
    }

    private void assertEverythingIsThere(Set<String> acknowledged) {
        try (EmbeddedStore store = EmbeddedStore.open(path(), CrashingProcess.MAX_LOG_BYTES)) {
            Set<String> queued = store.waiting(Integer.MAX_VALUE).stream().map(QueueRow::jobId)
                    .collect(Collectors.toSet());
            assertThat(queued).containsAll(acknowledged);
            for (String jobId : acknowledged) {
                assertThat(store.run(jobId).map(JobRun::jobId)).contains(jobId);
            }
            // Whole transactions only: run, queue row, ledger and count tell the same number.
            assertThat(store.countByState()).containsEntry(JobState.QUEUED, (long) queued.size());
            assertThat(store.cluster(CrashingProcess.CLUSTER).orElseThrow().reserved())
                    .isEqualTo(new Resources(queued.size(), queued.size()));
        }
    }

    private Path path() {
        return Objects.requireNonNull(directory);
    }
}
