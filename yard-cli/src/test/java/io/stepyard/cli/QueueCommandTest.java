package io.stepyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class QueueCommandTest {

    @TempDir
    Path directory = Path.of("");

    private final FakeServices services = services();

    private static FakeServices services() {
        try {
            return new FakeServices().answer("GET /v1/queue", 200, "{\"items\":[" + Samples.RUNNING + ","
                    + Samples.WAITING + "],\"counts\":{\"RUNNING\":1,\"QUEUED\":1},\"aFieldOfTomorrow\":true}");
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void shouldShowTheClusterOfARunningJobAndTheReasonOfAWaitingOneInTheLastColumn() {
        Shell shell = Shell.at(services, directory);

        assertThat(shell.run("queue")).isZero();

        assertThat(shell.out().lines()).containsExactly(
                "JOBID   NAME  TENANT    PRIO  ST  CPU     MEM  TIME  CLUSTER(REASON)",
                "sort-1  sort  finance   1000  RU  1.5  1.5GiB  0:30  zurich",
                "pi-1    pi    research  1000  QU  1.5  1.5GiB  4:59  (zurich: 1 of 2 cores free)");
    }

    @Test
    void shouldShowOnlyTheTenantAndTheStatesThatWereAskedFor() {
        Shell byTenant = Shell.at(services, directory);
        Shell byState = Shell.at(services, directory);

        byTenant.run("queue", "--tenant", "research");
        byState.run("queue", "--state", "running,unknown");

        assertThat(byTenant.out()).contains("pi-1").doesNotContain("sort-1");
        assertThat(byState.out()).contains("sort-1").doesNotContain("pi-1");
    }

    @Test
    void shouldSayThatNothingRunsInsteadOfAnEmptyTable() throws IOException {
        try (FakeServices idle = new FakeServices().answer("GET /v1/queue", 200, "{\"items\":[],\"counts\":{}}")) {
            Shell shell = Shell.at(idle, directory);

            assertThat(shell.run("queue")).isZero();

            assertThat(shell.out().strip()).isEqualTo("Nothing runs and nothing waits.");
        }
    }

    @Test
    void shouldPrintJsonWithAVersionForPrograms() {
        Shell shell = Shell.at(services, directory);

        assertThat(shell.run("queue", "--json")).isZero();

        JsonNode document = JsonMapper.shared().readTree(shell.out());
        assertThat(document.path("version").intValue()).isEqualTo(1);
        assertThat(document.path("items").size()).isEqualTo(2);
        assertThat(document.path("items").path(0).path("startedAt").stringValue()).isEqualTo("2026-11-21T10:14:30Z");
        assertThat(document.path("counts").path("QUEUED").intValue()).isEqualTo(1);
    }

    @Test
    void shouldAskAgainAtTheIntervalUntilItIsStopped() {
        Shell shell = Shell.at(services, directory);

        assertThat(shell.run("queue", "-i", "2")).isZero();

        assertThat(Thread.interrupted()).as("the shell interrupts a command that pauses for ever").isTrue();
        assertThat(services.requests("GET /v1/queue")).hasSize(Shell.PATIENCE + 1);
        assertThat(shell.elapsed().toSeconds()).isEqualTo(2L * shell.pauses());
    }
}
