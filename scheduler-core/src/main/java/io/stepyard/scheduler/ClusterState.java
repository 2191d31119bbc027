package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot.Availability;
import java.util.Arrays;
import java.util.Map;

/** One cluster between and during passes: what it is, what of it is free, and what comes back when. */
final class ClusterState {

    private static final int FIRST_ROOM = 8;

    private ClusterSnapshot snapshot;
    private long[] capacity;
    private long[] free;
    /** Position in the order of names. */
    private int index;
    /** The queue's count of growths at the moment this cluster last got more room or opened. */
    private long grewAt;
    /** Running jobs by expected end, then jobId: the order in which room comes back. */
    private Holding[] byEnd = new Holding[FIRST_ROOM];
    private int count;

    ClusterState(ClusterSnapshot snapshot, Amounts amounts) {
        this.snapshot = snapshot;
        this.capacity = amounts.of(snapshot.capacity(), snapshot.extraCapacity());
        this.free = usable(snapshot, amounts);
    }

    void refresh(ClusterSnapshot newer, Amounts amounts) {
        snapshot = newer;
        capacity = amounts.of(newer.capacity(), newer.extraCapacity());
        free = usable(newer, amounts);
    }

    private long[] usable(ClusterSnapshot from, Amounts amounts) {
        long[] usable = amounts.of(from.usable(), from.extraUsable());
        // More usable than there is would be a mistake of whoever took the sample; capacity is the wall.
        for (int dimension = 0; dimension < usable.length; dimension++) {
            usable[dimension] = Math.min(usable[dimension], Amounts.at(capacity, dimension));
        }
        return usable;
    }

    ClusterSnapshot snapshot() {
        return snapshot;
    }

    String name() {
        return snapshot.name();
    }

    boolean isOpen() {
        return snapshot.availability() == Availability.OPEN;
    }

    long[] free() {
        return free;
    }

    long[] capacity() {
        return capacity;
    }

    Resources freeResources() {
        return Amounts.resources(free);
    }

    int index() {
        return index;
    }

    void index(int position) {
        index = position;
    }

    long grewAt() {
        return grewAt;
    }

    void grewAt(long growth) {
        grewAt = growth;
    }

    boolean hasLabels(Map<String, String> labels) {
        return labels.isEmpty() || snapshot.labels().entrySet().containsAll(labels.entrySet());
    }

    void take(long[] need) {
        free = Amounts.subtract(free, need);
    }

    void giveBack(long[] need) {
        free = Amounts.add(free, need);
        for (int dimension = 0; dimension < free.length; dimension++) {
            free[dimension] = Math.min(free[dimension], Amounts.at(capacity, dimension));
        }
    }

    Holding[] byEnd() {
        return byEnd;
    }

    int holdings() {
        return count;
    }

    void hold(Holding holding) {
        if (count == byEnd.length) {
            byEnd = Arrays.copyOf(byEnd, count * 2);
        }
        int at = position(holding);
        System.arraycopy(byEnd, at, byEnd, at + 1, count - at);
        byEnd[at] = holding;
        count++;
    }

    void release(Holding holding) {
        int at = position(holding);
        if (at >= count || byEnd[at] != holding) {
            throw new IllegalStateException("Expected " + holding.jobId + " to hold resources on " + name());
        }
        System.arraycopy(byEnd, at + 1, byEnd, at, count - at - 1);
        byEnd[--count] = null;
    }

    private int position(Holding holding) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            Holding other = byEnd[middle];
            int order = Long.compare(other.endMillis(), holding.endMillis());
            if (order == 0) {
                order = other.jobId.compareTo(holding.jobId);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
