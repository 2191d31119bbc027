package io.stepyard.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.store.LeaseStore.Lease;
import io.stepyard.core.store.StoreWrite.CheckLease;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Temporary ownership with an epoch that grows with every new holder. */
abstract class LeaseContract extends StoreContractGroup {

    private static final Duration LENGTH = Duration.ofSeconds(60);
    private static final Instant EXPIRY = Rows.START.plus(LENGTH);

    private Optional<Lease> acquire(String owner, Instant now) {
        return store().leases().acquire("pass", owner, now, LENGTH);
    }

    @Test
    final void shouldGiveAFreeLeaseWithTheFirstEpoch() {
        assertThat(acquire("one", Rows.START)).contains(new Lease("pass", "one", 1, EXPIRY));
    }

    @Test
    final void shouldRefuseALeaseThatSomebodyElseHolds() {
        acquire("one", Rows.START);

        assertThat(acquire("two", EXPIRY.minusNanos(1))).isEmpty();
    }

    @Test
    final void shouldProlongAHeldLeaseUnderTheSameEpoch() {
        acquire("one", Rows.START);

        assertThat(acquire("one", Rows.START.plusSeconds(30)))
                .contains(new Lease("pass", "one", 1, EXPIRY.plusSeconds(30)));
        assertThat(acquire("two", EXPIRY)).isEmpty();
    }

    @Test
    final void shouldNeverShortenAHeldLease() {
        acquire("one", Rows.START);

        assertThat(store().leases().acquire("pass", "one", Rows.START, Duration.ofSeconds(1)))
                .contains(new Lease("pass", "one", 1, EXPIRY));
    }

    @Test
    final void shouldGiveAnExpiredLeaseToTheNextUnderTheNextEpoch() {
        acquire("one", Rows.START);

        assertThat(acquire("two", EXPIRY)).contains(new Lease("pass", "two", 2, EXPIRY.plus(LENGTH)));
        assertThat(acquire("one", EXPIRY.plusSeconds(1))).isEmpty();
    }

    @Test
    final void shouldGiveItsOwnExpiredLeaseBackOnlyUnderTheNextEpoch() {
        acquire("one", Rows.START);

        assertThat(acquire("one", EXPIRY)).contains(new Lease("pass", "one", 2, EXPIRY.plus(LENGTH)));
    }

    @Test
    final void shouldGiveAReleasedLeaseToTheNextUnderTheNextEpoch() {
        Lease held = acquire("one", Rows.START).orElseThrow();
        store().leases().release(held);

        assertThat(acquire("two", Rows.START)).contains(new Lease("pass", "two", 2, EXPIRY));
    }

    @Test
    final void shouldIgnoreAReleaseByAFormerHolder() {
        Lease former = acquire("one", Rows.START).orElseThrow();
        acquire("two", EXPIRY);
        store().leases().release(former);

        assertThat(acquire("three", EXPIRY.plusSeconds(1))).isEmpty();
    }

    @Test
    final void shouldIgnoreAReleaseOfALeaseThatNobodyEverHad() {
        store().leases().release(new Lease("other", "one", 1, EXPIRY));

        assertThat(store().leases().acquire("other", "one", Rows.START, LENGTH)).map(Lease::epoch).contains(1L);
    }

    @Test
    final void shouldKeepLeasesOfDifferentNamesApart() {
        acquire("one", Rows.START);

        assertThat(store().leases().acquire("monitor", "two", Rows.START, LENGTH)).map(Lease::epoch).contains(1L);
    }

    @Test
    final void shouldFenceByEpochAndNotByClock() {
        acquire("one", Rows.START);
        assertCommitted(store().commit(new CheckLease("pass", 1)));

        acquire("two", EXPIRY);
        assertConflictAt(0, store().commit(new CheckLease("pass", 1)));
        assertCommitted(store().commit(new CheckLease("pass", 2)));
    }
}
