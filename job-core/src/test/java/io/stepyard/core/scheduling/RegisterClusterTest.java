package io.stepyard.core.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.world.FaultyStore;
import io.stepyard.core.world.World;
import io.stepyard.model.resource.Resources;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegisterClusterTest {

    private static final URI ELSEWHERE = URI.create("simulated://elsewhere");
    private final World world = new World();

    @Test
    void shouldPlaceNothingOnANewClusterBeforeItHasAnswered() {
        world.register.register("zurich", "simulated", ELSEWHERE, World.SIZE, Map.of());

        assertThat(world.cluster("zurich").health()).isEqualTo(ClusterRecord.Health.NEVER_CHECKED);
        world.submit("a", World.once());
        assertThat(world.explain.explain().placements()).isEmpty();
    }

    @Test
    void shouldKeepLedgerDrainAndHealthOfAClusterThatIsRegisteredAgain() {
        world.add("zurich", World.SIZE);
        world.running("a", World.once());
        world.drain("zurich", true);
        ClusterRecord before = world.cluster("zurich");

        world.register.register("zurich", "http", ELSEWHERE, Resources.NONE, Map.of("zone", "eu"));

        ClusterRecord after = world.cluster("zurich");
        assertThat(after.endpoint()).isEqualTo(ELSEWHERE);
        assertThat(after.kind()).isEqualTo("http");
        assertThat(after.labels()).containsEntry("zone", "eu");
        assertThat(after.capacity()).isEqualTo(before.capacity());
        assertThat(after.reserved()).isEqualTo(Resources.ofCores(1, 1024));
        assertThat(after.drained()).isTrue();
        assertThat(after.health()).isEqualTo(before.health());
    }

    @Test
    void shouldRegisterWhenSomebodyElseChangesTheClusterMeanwhile() {
        world.add("zurich", World.SIZE);
        world.store.beforeNextCommit(() -> world.drain("zurich", true));

        world.register.register("zurich", "simulated", ELSEWHERE, World.SIZE, Map.of());

        assertThat(world.cluster("zurich").drained()).isTrue();
        assertThat(world.cluster("zurich").endpoint()).isEqualTo(ELSEWHERE);
    }

    @Test
    void shouldGiveUpWithItsNameWhenOthersKeepChangingIt() {
        FaultyStore.Fault[] busy = new FaultyStore.Fault[10];
        Arrays.fill(busy, FaultyStore.Fault.IN_THE_WAY);
        world.store.failNext(busy);

        assertThatThrownBy(() -> world.add("zurich", World.SIZE)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("zurich");
    }
}
