package io.stepyard.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.ClusterRecord.Health;
import io.stepyard.core.store.Maintenance;
import io.stepyard.core.store.StoreWrite.DeleteCluster;
import io.stepyard.core.store.StoreWrite.InsertCluster;
import io.stepyard.core.store.StoreWrite.Release;
import io.stepyard.core.store.StoreWrite.ReplaceCluster;
import io.stepyard.core.store.StoreWrite.Reserve;
import io.stepyard.model.resource.Resources;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Registration, health and drain of clusters, all beside a ledger that only reservations change. */
abstract class ClustersContract extends StoreContractGroup {

    @Test
    final void shouldListClustersByName() {
        store().given(new InsertCluster(Rows.cluster("zurich")), new InsertCluster(Rows.cluster("Basel")),
                new InsertCluster(Rows.cluster("geneva")));

        assertThat(store().clusters().clusters()).extracting(ClusterRecord::name)
                .containsExactly("Basel", "geneva", "zurich");
    }

    @Test
    final void shouldReadBackEveryFieldOfACluster() {
        store().given(new InsertCluster(Rows.cluster("zurich")));
        ClusterRecord checked = new ClusterRecord("zurich", 2, "slurm", URI.create("https://login.example/slurm"),
                Resources.ofCores(5000, 2_000_000), Map.of("a", "b"), Map.of("partition", "long"), true, "disk swap",
                Resources.NONE,
                new Health(Health.Status.HEALTHY, Resources.ofCores(2500, 1_600_000), Resources.NONE, Rows.START,
                        Rows.START.plusSeconds(1), Rows.START.plusSeconds(30), "fine"),
                List.of(new Maintenance(Rows.START, Rows.START.plusSeconds(3600), "new disks")),
                ClusterRecord.Origin.CLUSTERS_FILE);

        assertThat(store().cluster("zurich")).isEqualTo(Rows.cluster("zurich"));
        assertCommitted(store().commit(new ReplaceCluster(checked)));
        assertThat(store().cluster("zurich")).isEqualTo(checked);
        assertThat(store().clusters().clusters()).containsExactly(checked);
    }

    @Test
    final void shouldFindNoClusterThatIsNotRegistered() {
        assertThat(store().clusters().cluster("oslo")).isEmpty();
        assertThat(store().clusters().clusters()).isEmpty();
    }

    @Test
    final void shouldRefuseASecondClusterOfTheSameName() {
        store().given(new InsertCluster(Rows.cluster("zurich")));

        assertConflictAt(0, store().commit(new InsertCluster(Rows.cluster("zurich"))));
    }

    @Test
    final void shouldReplaceAClusterOnlyAtTheVersionBefore() {
        store().given(new InsertCluster(Rows.cluster("zurich")));
        ClusterRecord second = Rows.drained(Rows.cluster("zurich"));
        ClusterRecord third = Rows.drained(second);

        assertConflictAt(0, store().commit(new ReplaceCluster(third)));
        assertCommitted(store().commit(new ReplaceCluster(second)));
        assertConflictAt(0, store().commit(new ReplaceCluster(second)));
        assertConflictAt(0, store().commit(new ReplaceCluster(Rows.drained(Rows.cluster("oslo")))));
        assertThat(store().clusters().cluster("oslo")).isEmpty();
    }

    @Test
    final void shouldKeepTheLedgerWhenAClusterIsReplaced() {
        store().given(new InsertCluster(Rows.cluster("zurich")));
        ClusterRecord before = store().cluster("zurich");
        store().given(new Reserve("zurich", Rows.SIZE, Rows.CAPACITY));

        assertCommitted(store().commit(new ReplaceCluster(Rows.drained(before))));

        assertThat(store().reserved("zurich")).isEqualTo(Rows.SIZE);
        assertThat(store().cluster("zurich").drained()).isTrue();
    }

    @Test
    final void shouldNotCountReservationsAsVersions() {
        store().given(new InsertCluster(Rows.cluster("zurich")));
        store().given(new Reserve("zurich", Rows.SIZE, Rows.CAPACITY));
        store().given(new Release("zurich", Rows.SIZE));

        assertThat(store().cluster("zurich").version()).isEqualTo(1);
        assertCommitted(store().commit(new ReplaceCluster(Rows.drained(Rows.cluster("zurich")))));
    }

    @Test
    final void shouldReserveAgainAfterADrainedClusterIsOpened() {
        ClusterRecord drained = Rows.drained(Rows.cluster("zurich"));
        store().given(new InsertCluster(Rows.cluster("zurich")));
        store().given(new ReplaceCluster(drained));
        store().given(new ReplaceCluster(new ClusterRecord("zurich", 3, drained.kind(), drained.endpoint(),
                drained.capacity(), drained.labels(), false, null, Resources.NONE, drained.health())));

        assertCommitted(store().commit(new Reserve("zurich", Rows.SIZE, Rows.CAPACITY)));
    }

    @Test
    final void shouldTakeAwayOnlyAnEmptyClusterAtItsVersion() {
        store().given(new InsertCluster(Rows.cluster("zurich")));
        store().given(new Reserve("zurich", new Resources(0, 1), Rows.CAPACITY));
        assertConflictAt(0, store().commit(new DeleteCluster("zurich", 1)));
        store().given(new Release("zurich", new Resources(0, 1)));
        store().given(new Reserve("zurich", new Resources(1, 0), Rows.CAPACITY));
        assertConflictAt(0, store().commit(new DeleteCluster("zurich", 1)));
        store().given(new Release("zurich", new Resources(1, 0)));

        assertConflictAt(0, store().commit(new DeleteCluster("zurich", 2)));
        assertCommitted(store().commit(new DeleteCluster("zurich", 1)));
        assertThat(store().clusters().clusters()).isEmpty();
        assertConflictAt(0, store().commit(new DeleteCluster("zurich", 1)));
    }
}
