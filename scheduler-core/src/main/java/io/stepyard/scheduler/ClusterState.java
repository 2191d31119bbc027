package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot.Availability;

/** One cluster while a pass is under way: what it was, and what of it is still free. */
final class ClusterState {

    private final ClusterSnapshot snapshot;
    private Resources free;

    ClusterState(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
        // More usable than there is would be a mistake of whoever took the sample; capacity is the wall.
        this.free = snapshot.usable().min(snapshot.capacity());
    }

    ClusterSnapshot snapshot() {
        return snapshot;
    }

    String name() {
        return snapshot.name();
    }

    Resources free() {
        return free;
    }

    boolean takesNow(Demand demand) {
        return demand.resources().fitsWithin(free) && isOpenTo(demand);
    }

    /** Everything but the room: open, allowed, labelled as asked. */
    boolean isOpenTo(Demand demand) {
        return snapshot.availability() == Availability.OPEN && demand.allows(name())
                && snapshot.labels().entrySet().containsAll(demand.labels().entrySet());
    }

    void take(Resources resources) {
        free = free.minus(resources);
    }
}
