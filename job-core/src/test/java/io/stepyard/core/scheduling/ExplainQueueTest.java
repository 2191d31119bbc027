package io.stepyard.core.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.job.JobReader;
import io.stepyard.core.job.JobReading;
import io.stepyard.core.tenant.TenantLimits;
import io.stepyard.core.world.World;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.scheduler.Reason;
import io.stepyard.scheduler.ReasonCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExplainQueueTest {

    private final World world = World.withZurich();

    private static JobSpec spec(String fields) {
        return ((JobReading.Valid) new JobReader().read(World.json(fields))).spec();
    }

    @Test
    void shouldSayWhatWouldStartAndWhyTheOthersWaitWithoutWritingAnything() {
        world.running("full", World.json("""
                "cpu":3,"memory":"1GiB\""""));
        world.submit("small", World.once());
        world.submit("large", World.json("""
                "priority":1,"cpu":2,"memory":"1GiB\""""));
        int commits = world.store.commits();

        ExplainQueue.Explanation explained = world.explain.explain();

        assertThat(explained.placements()).containsOnlyKeys("small");
        assertThat(explained.reasons()).containsOnlyKeys("large");
        assertThat(explained.reasons().get("large")).anySatisfy(reason -> {
            assertThat(reason.cluster()).isEqualTo("zurich");
            assertThat(reason.text()).contains("zurich");
        });
        assertThat(explained.waiting()).extracting("jobId").containsExactly("small", "large");
        assertThat(world.store.commits()).isEqualTo(commits);
        assertThat(world.state("small")).isEqualTo(JobState.QUEUED);
    }

    @Test
    void shouldNameTheDrainTheLostClusterAndTheMissingMetrics() {
        world.tick();
        world.submit("a", World.once());
        world.drain("zurich", true);
        assertThat(codes()).contains(ReasonCode.DRAINED);
        world.drain("zurich", false);
        world.advance(World.SETTINGS.sampleMaxAge().plusSeconds(1));
        assertThat(codes()).contains(ReasonCode.NO_METRICS);
        world.clusters.begin("zurich", io.stepyard.core.memory.InMemoryClusters.Fault.DOWN);
        world.tick();
        assertThat(codes()).contains(ReasonCode.UNREACHABLE);
    }

    private java.util.List<ReasonCode> codes() {
        return java.util.Objects.requireNonNull(world.explain.explain().reasons().get("a")).stream().map(Reason::code)
                .toList();
    }

    @Test
    void shouldTestAJobBehindTheQueueWithoutQueueingIt() {
        world.tick();
        assertThat(world.explain.test(spec("\"cpu\":4,\"memory\":\"1GiB\"")).placement()).isPresent();

        world.submit("first", World.json("""
                "priority":2000,"cpu":2,"memory":"1GiB\""""));
        world.advance(Duration.ofMillis(1));
        ExplainQueue.Test behind = world.explain.test(spec("\"cpu\":3,\"memory\":\"1GiB\""));

        assertThat(behind.placement()).isEmpty();
        assertThat(behind.reasons()).isNotEmpty();
        assertThat(world.store.waiting(10)).hasSize(1);
    }

    @Test
    void shouldPromiseNoStartToAJobThatItsTenantsQuotaHoldsBack() {
        world.tenants.replace(new TenantLimits.Table(java.util.Map.of("*", new TenantLimits(1, null, null, 1))));
        world.running("runs", World.once());
        world.submit("waits", World.once());

        ExplainQueue.Outlook outlook = java.util.Objects
                .requireNonNull(world.explain.outlook(world.explain.explain()).get("waits"));

        assertThat(outlook.expected()).isNull();
        assertThat(outlook.standing().plannedStart()).isNull();
        assertThat(outlook.expectedBasis()).contains("quota");
        assertThat(codes("waits")).containsExactly(ReasonCode.QUOTA);
    }

    private java.util.List<ReasonCode> codes(String job) {
        return java.util.Objects.requireNonNull(world.explain.explain().reasons().get(job)).stream().map(Reason::code)
                .toList();
    }
}
