package io.stepyard.core.store;

import io.stepyard.core.store.LeaseStore.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who gets a lease: the decision, for every store alike. A store only has to write it against what it has read. */
public final class LeaseRules {

    private LeaseRules() {}

    /**
     * @param held as stored, or null when nobody has ever had it
     * @return the lease as the owner now holds it; empty when somebody else holds it
     */
    public static Optional<Lease> acquire(@Nullable Lease held, String lease, String owner, Instant now,
            Duration length) {
        Instant expiry = now.plus(length);
        if (held == null) {
            return Optional.of(new Lease(lease, owner, 1, expiry));
        }
        if (!now.isBefore(held.expiresAt())) {
            return Optional.of(new Lease(lease, owner, held.epoch() + 1, expiry));
        }
        if (held.owner().equals(owner)) {
            Instant later = expiry.isAfter(held.expiresAt()) ? expiry : held.expiresAt();
            return Optional.of(new Lease(lease, owner, held.epoch(), later));
        }
        return Optional.empty();
    }

    /** A lease after its holder gave it back: expired since ever, its epoch kept so that the next one is above. */
    public static Lease released(Lease held) {
        return new Lease(held.name(), held.owner(), held.epoch(), Instant.EPOCH);
    }
}
