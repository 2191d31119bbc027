package io.stepyard.clusters.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.clusters.call.Reply;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.cluster.Observation;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.resource.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What slurmrestd says, in the forms of v0.0.38 (SLURM 22.05) and of v0.0.42 (SLURM 24.11). */
class SlurmAnswersTest {

    private final SlurmAnswers answers = new SlurmAnswers(JsonMapper.builder().build());

    @Test
    void shouldReadAFailedJobInTheOldForm() {
        SlurmJob job = job("""
                {"job_id": 2, "comment": "stepyard:a#1", "job_state": "FAILED", "state_reason": "NonZeroExitCode",
                 "exit_code": 1792, "start_time": 1000, "end_time": 1060}""");

        assertThat(job.belongsTo("a#1")).isTrue();
        assertThat(job.observation()).isInstanceOfSatisfying(Observation.Failed.class, failed -> {
            assertThat(failed.failure().exitCode()).isEqualTo(7);
            assertThat(failed.failure().code()).isEqualTo("EXIT_7");
            assertThat(failed.startedAt()).isEqualTo(Instant.ofEpochSecond(1000));
            assertThat(failed.endedAt()).isEqualTo(Instant.ofEpochSecond(1060));
        });
    }

    @Test
    void shouldReadTheSameInTheNewForm() {
        SlurmJob job = job("""
                {"job_id": 2, "comment": "stepyard:a#1", "job_state": ["FAILED"], "state_reason": "NonZeroExitCode",
                 "exit_code": {"status": ["ERROR"], "return_code": {"set": true, "infinite": false, "number": 7},
                               "signal": {"id": {"set": false, "infinite": false, "number": 0}, "name": ""}},
                 "start_time": {"set": true, "infinite": false, "number": 1000},
                 "end_time": {"set": true, "infinite": false, "number": 1060}}""");

        assertThat(job.observation()).isInstanceOfSatisfying(Observation.Failed.class,
                failed -> assertThat(failed.failure().exitCode()).isEqualTo(7));
        assertThat(job.startSeconds()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({"15, 143", "256, 1", "9, 137"})
    void shouldTellAnEndBySignalAsAShellWould(long waitStatus, int exitCode) {
        assertThat(job("{\"job_id\": 2, \"job_state\": \"FAILED\", \"exit_code\": " + waitStatus + "}").observation())
                .isInstanceOfSatisfying(Observation.Failed.class,
                        failed -> assertThat(failed.failure().exitCode()).isEqualTo(exitCode));
    }

    @ParameterizedTest
    @CsvSource({"OUT_OF_MEMORY, USER_ERROR", "TIMEOUT, TIME_LIMIT", "DEADLINE, TIME_LIMIT", "NODE_FAIL, INFRASTRUCTURE",
            "BOOT_FAIL, INFRASTRUCTURE", "PREEMPTED, INFRASTRUCTURE"})
    void shouldTellClassesOfFailureApart(String state, FailureClass expected) {
        assertThat(job("{\"job_id\": 2, \"job_state\": \"" + state + "\"}").observation()).isInstanceOfSatisfying(
                Observation.Failed.class, failed -> assertThat(failed.failure().failureClass()).isEqualTo(expected));
    }

    @Test
    void shouldTakeAJobForRunningUntilItsNodesAreFree() {
        assertThat(job("{\"job_id\": 2, \"job_state\": [\"COMPLETED\", \"COMPLETING\"]}").observation())
                .isInstanceOf(Observation.Running.class);
    }

    @Test
    void shouldNeverTakeAnUnknownStateForRunning() {
        assertThat(job("{\"job_id\": 2, \"job_state\": \"DREAMING\"}").observation())
                .isEqualTo(new Observation.Unrecognised("DREAMING"));
        assertThat(job("{\"job_id\": 2}").observation()).isEqualTo(new Observation.Unrecognised(""));
    }

    @ParameterizedTest
    @CsvSource({"500, error_number", "404, error_number", "404, error_code"})
    void shouldKnowAnUnknownJobByItsErrorAndNotByTheStatus(int status, String field) {
        Reply reply = Reply.of(status, "{\"errors\": [{\"description\": \"Unable to find JobId=9\", \"" + field
                + "\": 2017, \"error\": \"Invalid job id specified\"}], \"jobs\": []}");

        assertThat(answers.jobs(reply)).isEmpty();
        answers.cancelled(reply);
    }

    @Test
    void shouldNeverTakeAnErrorForAnUnknownJob() {
        assertThatThrownBy(() -> answers.jobs(Reply.of(500,
                "{\"errors\": [{\"error_number\": 1, \"error\": \"slurmctld config is unable to load\"}], \"jobs\": []}")))
                .isInstanceOf(ClusterUnavailable.class);
        assertThatThrownBy(() -> answers.jobs(Reply.of(404, "not here"))).isInstanceOf(ClusterUnavailable.class);
    }

    @Test
    void shouldSeeThatAJobWasMadeThatCanNeverStart() {
        SlurmAnswers.Submitted submitted = answers.submitted(Reply.of(200,
                """
                        {"errors": [{"error_code": 2015, "error": "Requested node configuration is not available"}], "job_id": 12}
                        """));

        assertThat(submitted.id()).contains(12L);
        assertThat(submitted.errors()).singleElement().asString().contains("2015").contains("not available");
    }

    @Test
    void shouldCountOnlyWhatIsAllocatedOfANodeThatTakesNothingNew() {
        Reply reply = Reply.of(200, """
                {"nodes": [
                  {"name": "n1", "state": "mixed", "state_flags": [], "cpus": 4, "alloc_cpus": 1, "real_memory": 2048,
                   "alloc_memory": 512, "partitions": ["debug"]},
                  {"name": "n2", "state": "mixed", "state_flags": ["DRAIN"], "cpus": 4, "alloc_cpus": 2,
                   "real_memory": 2048, "alloc_memory": 1024, "partitions": ["debug", "long"]},
                  {"name": "n3", "state": ["DOWN", "NOT_RESPONDING"], "cpus": 4, "alloc_cpus": 0, "real_memory": 2048,
                   "alloc_memory": 0, "partitions": ["long"]}]}""");

        assertThat(answers.nodes(reply, Optional.empty()))
                .isEqualTo(new SlurmAnswers.Nodes(Resources.ofCores(6, 3072), Resources.ofCores(3, 1536)));
        assertThat(answers.nodes(reply, Optional.of("debug")).capacity()).isEqualTo(Resources.ofCores(6, 3072));
        assertThatThrownBy(() -> answers.nodes(reply, Optional.of("none"))).isInstanceOf(ClusterUnavailable.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"401|Authentication failure", "511|Authentication failure",
            "500|{\"errors\": [{\"error\": \"slurmctld config is unable to load\"}]}"})
    void shouldKnowARefusedTokenInEveryVersion(int status, String body) {
        assertThat(answers.isDenied(Reply.of(status, body))).isTrue();
    }

    private SlurmJob job(String json) {
        List<SlurmJob> jobs = answers.jobs(Reply.of(200, "{\"errors\": [], \"jobs\": [" + json + "]}"));
        return jobs.getFirst();
    }
}
