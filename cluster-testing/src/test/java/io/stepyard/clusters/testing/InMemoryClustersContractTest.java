package io.stepyard.clusters.testing;

import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.memory.InMemoryClusters;
import io.stepyard.core.memory.RunScript;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.model.job.RunSpec;
import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The simulated clusters are held to what real ones are held to. */
final class InMemoryClustersContractTest extends ClusterAdapterContract {

    @Override
    protected ClusterUnderTest open() {
        return new Simulated();
    }

    private static final class Simulated implements ClusterUnderTest {

        private static final String NAME = "zurich";

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private final InMemoryClusters clusters = new InMemoryClusters(() -> now);
        private final ClusterRecord record = clusters.add(NAME, Resources.ofCores(4, 4096));

        Simulated() {
            clusters.script(submission -> switch (submission.spec().run()) {
                case RunSpec.Command command -> switch (Program.valueOf(command.command().getFirst())) {
                    case SUCCEED -> RunScript.succeedingAfter(Duration.ofMinutes(1)).printing("hello\n");
                    case FAIL -> RunScript.failingAfter(Duration.ofMinutes(1), 3, "access denied\n");
                    case RUN_ON -> RunScript.ENDLESS;
                };
                case RunSpec.Script _,RunSpec.Spark _,RunSpec.Slurm _,RunSpec.Yarn _,RunSpec.Kubernetes _ ->
                    throw new IllegalArgumentException("Expected a command, but found " + submission.spec().run());
            });
        }

        @Override
        public ClusterGateway gateway() {
            return clusters;
        }

        @Override
        public ClusterRecord cluster() {
            return record;
        }

        @Override
        public RunSpec program(Program program) {
            return new RunSpec.Command(List.of(program.name()), null);
        }

        @Override
        public Observation awaitEnd(String key) {
            now = now.plus(Duration.ofMinutes(2));
            return clusters.observe(record, key, null);
        }

        @Override
        public Observation awaitRunning(String key) {
            now = now.plusSeconds(1);
            return clusters.observe(record, key, null);
        }

        @Override
        public void begin(Fault fault) {
            clusters.begin(NAME, switch (fault) {
                case NO_CONNECTION -> InMemoryClusters.Fault.DOWN;
                case NO_ANSWER -> InMemoryClusters.Fault.SLOW;
                case LOST_REPLY -> InMemoryClusters.Fault.LOST_REPLY;
                case ERROR_PAGE, TRUNCATED -> InMemoryClusters.Fault.NONSENSE;
                case METRICS_NAN, METRICS_EMPTY -> InMemoryClusters.Fault.NO_METRICS;
                case UNKNOWN_STATE -> InMemoryClusters.Fault.UNRECOGNISED_STATE;
            });
        }

        @Override
        public void heal() {
            clusters.heal(NAME);
        }

        @Override
        public void close() {
            heal();
        }
    }
}
