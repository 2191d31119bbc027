package io.stepyard.core.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The port to leases: temporary ownership with an expiry and a fencing epoch that grows with every new owner. */
public interface LeaseStore {

    /**
     * Takes the lease when it is free, expired or already the owner's. A new holder gets an epoch one above the last; an owner that
     * still holds it keeps its epoch and gets an expiry that is never earlier than before. A lease is expired from its expiry on.
     *
     * @return empty when somebody else holds it
     */
    Optional<Lease> acquire(String lease, String owner, Instant now, Duration length);

    /** Gives it back early: the next holder gets an epoch one above. Does nothing when the lease has another epoch by now. */
    void release(Lease lease);

    /** A held lease. */
    record Lease(String name, String owner, long epoch, Instant expiresAt) {}
}
