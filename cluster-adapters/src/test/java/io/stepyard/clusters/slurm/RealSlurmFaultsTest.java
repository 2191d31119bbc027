package io.stepyard.clusters.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.clusters.testing.ClusterUnderTest.Program;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.cluster.Submission;
import io.stepyard.core.cluster.SubmitOutcome;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.job.RetryPolicy;
import io.stepyard.model.job.RunSpec;
import io.stepyard.model.resource.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real SLURM does at its worst, and what our job makes of it. */
@Tag("clusters")
final class RealSlurmFaultsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private @Nullable RealSlurm slurm;
    private @Nullable SlurmUnderTest world;

    @BeforeEach
    void start() throws IOException {
        Optional<String> missing = RealSlurm.missing();
        missing.ifPresent(reason -> System.out.println("Skipped with a real SLURM: " + reason));
        Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        slurm = RealSlurm.start(directory);
        world = new SlurmUnderTest(slurm);
    }

    @AfterEach
    void stop() {
        if (slurm != null) {
            slurm.close();
        }
    }

    @Test
    void shouldFindItsJobLostAndNeverTakeAnotherForItWhenACrashGaveItsIdAway() throws Exception {
        String id = accepted(submit("ours#1", world().program(Program.RUN_ON)));
        // At once: the controller has not written down what it has acknowledged.
        slurm().killController();
        slurm().startController();
        awaitController();
        if (world().gateway().observe(world().cluster(), "ours#1", id) instanceof Observation.Running) {
            Assumptions.abort("This controller wrote the job down before it was killed");
        }
        String other = accepted(submit("other#1", world().program(Program.RUN_ON)));

        assertThat(other).as("SLURM gives the id a second time").isEqualTo(id);
        assertThat(world().awaitRunning("other#1")).isInstanceOf(Observation.Running.class);
        assertThat(world().gateway().observe(world().cluster(), "ours#1", id)).isEqualTo(new Observation.NotFound());
        world().gateway().cancel(world().cluster(), "ours#1", id);
        assertThat(world().gateway().observe(world().cluster(), "other#1", other))
                .isInstanceOf(Observation.Running.class);
    }

    @Test
    void shouldKeepTrackOverARestartOfTheController() throws Exception {
        String id = accepted(submit("ours#1", world().program(Program.RUN_ON)));
        assertThat(world().awaitRunning("ours#1")).isInstanceOf(Observation.Running.class);
        awaitSavedAfter(FileTime.from(Instant.now()), "ours#1");

        slurm().killController();
        assertThat(failureOf(() -> world().gateway().observe(world().cluster(), "ours#1", id))).isNotNull();
        slurm().startController();
        awaitController();

        assertThat(world().gateway().observe(world().cluster(), "ours#1", id)).isInstanceOf(Observation.Running.class);
    }

    @Test
    void shouldSayThatItIsDeniedWithAWrongTokenAndReadItAgainWhenItWasRenewed() throws Exception {
        String good = Files.readString(slurm().token());
        Files.writeString(slurm().token(), "eyJhbGciOiJIUzI1NiJ9.e30.wrong");

        assertThat(failureOf(() -> world().gateway().sample(world().cluster()))).isNotNull()
                .hasMessageNotContaining("wrong");

        Files.writeString(slurm().token(), good);
        assertThat(world().gateway().sample(world().cluster()).capacity()).isEqualTo(Resources.ofCores(4, 4096));
    }

    @Test
    void shouldRefuseWhatSlurmWouldKeepWaitingForEver() throws Exception {
        SubmitOutcome outcome = world().gateway().submit(world().cluster(), submission("large#1",
                new RunSpec.Command(List.of("true"), null), Resources.ofCores(64, 512), Duration.ofHours(1)));

        assertThat(outcome).isInstanceOfSatisfying(SubmitOutcome.Refused.class,
                refused -> assertThat(refused.message()).isNotBlank());
        assertThat(slurm().run("squeue", "-h")).isEmpty();
    }

    @Test
    void shouldRefuseAPartitionThatIsNotThere() {
        SubmitOutcome outcome = submit("ours#1", new RunSpec.Slurm("#!/bin/sh\ntrue\n", "nowhere", null, null, null));

        assertThat(outcome).isInstanceOf(SubmitOutcome.Refused.class);
    }

    @Test
    void shouldEndAJobAtItsTimeLimit() {
        world().gateway().submit(world().cluster(), submission("slow#1", world().program(Program.RUN_ON),
                Resources.ofCores(1, 256), Duration.ofSeconds(30)));

        assertThat(world().awaitEnd("slow#1")).isInstanceOfSatisfying(Observation.Failed.class,
                failed -> assertThat(failed.failure().failureClass()).isEqualTo(FailureClass.TIME_LIMIT));
    }

    @Test
    void shouldCancelAJobThatWaits() {
        submit("first#1", Resources.ofCores(2, 512));
        submit("second#1", Resources.ofCores(2, 512));
        String waiting = accepted(submit("third#1", Resources.ofCores(2, 512)));
        assertThat(world().gateway().observe(world().cluster(), "third#1", waiting))
                .isInstanceOf(Observation.Pending.class);

        world().gateway().cancel(world().cluster(), "third#1", waiting);

        assertThat(world().awaitEnd("third#1")).isInstanceOf(Observation.Cancelled.class);
    }

    private SubmitOutcome submit(String key, RunSpec run) {
        return world().gateway().submit(world().cluster(),
                submission(key, run, Resources.ofCores(1, 256), Duration.ofHours(1)));
    }

    private SubmitOutcome submit(String key, Resources resources) {
        return world().gateway().submit(world().cluster(),
                submission(key, world().program(Program.RUN_ON), resources, Duration.ofHours(1)));
    }

    private static Submission submission(String key, RunSpec run, Resources resources, Duration timeLimit) {
        return new Submission(key, key, 1,
                new JobSpec("faults", "research", 1, resources, timeLimit, Set.of(), Map.of(),
                        run, Map.of(), RetryPolicy.DEFAULT, Map.of()));
    }

    private static String accepted(SubmitOutcome outcome) {
        assertThat(outcome).isInstanceOf(SubmitOutcome.Accepted.class);
        return ((SubmitOutcome.Accepted) outcome).clusterJobId();
    }

    private void awaitController() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!slurm().run("scontrol", "ping").contains("is UP")) {
            assertThat(System.nanoTime()).as("the controller comes back").isLessThan(deadline);
        }
    }

    /** The controller writes its jobs down some seconds after they came; what it wrote while the job waited does not count. */
    private void awaitSavedAfter(FileTime moment, String key) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!isSavedAfter(moment, key)) {
            assertThat(System.nanoTime()).as(key + " is written down").isLessThan(deadline);
        }
    }

    private boolean isSavedAfter(FileTime moment, String key) throws IOException {
        Path saved = slurm().savedJobs();
        try {
            return Files.getLastModifiedTime(saved).compareTo(moment) > 0
                    && Files.readString(saved, StandardCharsets.ISO_8859_1).contains(SlurmJobText.comment(key));
        } catch (NoSuchFileException beingReplaced) {
            return false;
        }
    }

    private static @Nullable ClusterUnavailable failureOf(Runnable call) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(ClusterUnavailable.class, call::run);
    }

    private RealSlurm slurm() {
        return java.util.Objects.requireNonNull(slurm);
    }

    private SlurmUnderTest world() {
        return java.util.Objects.requireNonNull(world);
    }
}
