package io.stepyard.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.core.cluster.Observation;
import io.stepyard.core.memory.InMemoryClusters.Fault;
import io.stepyard.core.world.World;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.lifecycle.JobState;
import org.junit.jupiter.api.Test;

class FetchErrorOutputTest {

    private final World world = World.withZurich();

    @Test
    void shouldBringTheEndOfTheErrorOutputAndSayThatTheJobGoesBackToTheQueue() {
        Grant grant = failing(World.retried(), "access denied to s3://bucket/key");

        ErrorReply reply = world.errors.fetch(grant, false);

        assertThat(reply.retry()).isTrue();
        assertThat(reply.waitSeconds()).isEqualTo(5);
        assertThat(reply.error()).isEqualTo("USER_ERROR");
        assertThat(reply.cause()).contains("EXIT_3", "zurich", "attempt 1 of 2")
                .endsWith("access denied to s3://bucket/key");
    }

    @Test
    void shouldBringTheLast16KibOfALongErrorOutputWithinTheLongestCause() {
        Grant grant = failing(World.once(), "first line\n" + "é".repeat(40_000) + "\nlast line");

        ErrorReply reply = world.errors.fetch(grant, false);

        assertThat(reply.retry()).isFalse();
        assertThat(reply.cause()).endsWith("last line").doesNotContain("first line");
        assertThat(reply.cause().length()).isBetween(8_000, ErrorReply.MAX_CAUSE_CHARACTERS);
    }

    @Test
    void shouldCutTheSentenceAndNotTheOutputWhenBothAreLong() {
        Grant grant = world.running("a", World.once());
        world.gateway.observeNext(new Observation.Failed(null, world.now(), new Failure(FailureClass.INFRASTRUCTURE,
                "NODE_FAIL", "m".repeat(40_000), null, null)));
        world.clusters.finish("zurich", "a.1", 1, "o".repeat(16_000) + "the end");
        world.observe.observe(grant);

        ErrorReply reply = world.errors.fetch(grant, false);

        assertThat(reply.cause()).startsWith("NODE_FAIL on zurich").endsWith("the end")
                .hasSize(ErrorReply.MAX_CAUSE_CHARACTERS);
    }

    @Test
    void shouldAskAgainForAnOutputThatWasNotToBeHadAtTheEndAndKeepIt() {
        Grant grant = endedWithoutOutput();
        world.clusters.failNext("zurich", Fault.SLOW);
        assertThatThrownBy(() -> world.errors.fetch(grant, false)).isInstanceOf(RetryLater.class);

        assertThat(world.errors.fetch(grant, false).cause()).endsWith("boom");

        assertThat(world.run("a").failure()).isNotNull()
                .satisfies(failure -> assertThat(failure.errorOutput()).isEqualTo("boom"));
        world.clusters.begin("zurich", Fault.DOWN);
        assertThat(world.errors.fetch(grant, false).cause()).as("from the store").endsWith("boom");
    }

    @Test
    void shouldSayAtTheLastTryThatTheOutputIsNotAvailable() {
        Grant grant = endedWithoutOutput();
        world.clusters.begin("zurich", Fault.DOWN);

        ErrorReply reply = world.errors.fetch(grant, true);

        assertThat(reply.error()).isEqualTo("USER_ERROR");
        assertThat(reply.cause()).contains("EXIT_3", "error output is not available", "no connection");
    }

    private Grant endedWithoutOutput() {
        Grant grant = world.running("a", World.once());
        world.clusters.finish("zurich", "a.1", 3, "boom");
        world.gateway.observeNext(new Observation.Failed(null, world.now(),
                new Failure(FailureClass.USER_ERROR, "EXIT_3", "exit code 3", 3, null)));
        world.clusters.failNext("zurich", Fault.SLOW);
        world.observe.observe(grant);
        assertThat(world.state("a")).isEqualTo(JobState.FAILED);
        return grant;
    }

    @Test
    void shouldSayWhyAJobWasCancelled() {
        Grant grant = world.granted("a", World.once());
        world.cancel.cancel("a", "user:ann", "wrong data");

        ErrorReply reply = world.errors.fetch(grant, false);

        assertThat(reply).isEqualTo(new ErrorReply(false, 1, ErrorReply.CANCELLED, "wrong data"));
    }

    @Test
    void shouldTellOfAJobThatWasGivenUpBeforeItHadAnAttempt() {
        world.submit("a", World.once());
        world.cancel.abandon("a", World.arn("a"), "its execution ended");

        assertThat(world.errors.fetch(new Grant("a", 1, "zurich", "e1-a1"), false).cause())
                .isEqualTo("EXECUTION_ENDED: its execution ended");
    }

    @Test
    void shouldRefuseToTellOfAJobThatHasNotFailed() {
        Grant grant = world.running("a", World.once());

        assertThatThrownBy(() -> world.errors.fetch(grant, false)).isInstanceOf(GrantExpired.class);
        assertThatThrownBy(() -> world.errors.fetch(new Grant("nobody", 1, "zurich", "e1-a1"), false))
                .isInstanceOf(GrantExpired.class);
    }

    private Grant failing(String json, String errorOutput) {
        Grant grant = world.running("a", json);
        world.clusters.finish("zurich", "a.1", 3, errorOutput);
        world.observe.observe(grant);
        return grant;
    }
}
