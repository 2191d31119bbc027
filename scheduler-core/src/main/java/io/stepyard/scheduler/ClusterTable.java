package io.stepyard.scheduler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The clusters, and where shapes of jobs may find room on them. Room comes back to one cluster at a time, and within a
 * pass only shrinks; so what is known of a shape stays true but for the clusters that have grown since.
 */
final class ClusterTable {

    private final Map<String, ClusterState> clusters = new HashMap<>();
    private ClusterState[] byName = {};
    private long growth;
    /** Clusters that got more room since {@code growth} was {@code grownSince}, which is since the last pass. */
    private final List<ClusterState> grown = new ArrayList<>();
    private long grownSince;
    private long opened;

    void put(ClusterSnapshot snapshot, Amounts amounts) {
        ClusterState known = clusters.get(snapshot.name());
        if (known == null) {
            known = new ClusterState(snapshot, amounts);
            clusters.put(snapshot.name(), known);
            byName = clusters.values().stream().sorted(Comparator.comparing(ClusterState::name))
                    .toArray(ClusterState[]::new);
            for (int index = 0; index < byName.length; index++) {
                byName[index].index(index);
            }
        } else {
            ClusterSnapshot before = known.snapshot();
            known.refresh(snapshot, amounts);
            if (before.availability() == snapshot.availability() && before.capacity().equals(snapshot.capacity())
                    && before.labels().equals(snapshot.labels())
                    && before.extraCapacity().equals(snapshot.extraCapacity())) {
                grew(known);
                return;
            }
        }
        opened++;
        grew(known);
    }

    @Nullable
    ClusterState named(String name) {
        return clusters.get(name);
    }

    ClusterState at(int index) {
        return byName[index];
    }

    List<ClusterState> byName() {
        return List.of(byName);
    }

    /** After a cluster got room back. */
    void grew(ClusterState cluster) {
        if (cluster.grewAt() <= grownSince) {
            grown.add(cluster);
        }
        cluster.grewAt(++growth);
    }

    /** After a pass: what has grown is known to all shapes that matter. */
    void passed() {
        grown.clear();
        grownSince = growth;
    }

    /** The clusters open to a shape, in the order of names. */
    int[] openTo(JobShape shape) {
        if (shape.openedAt != opened) {
            Demand demand = shape.demand;
            int[] open = new int[byName.length];
            int count = 0;
            shape.isHopeless = true;
            for (ClusterState cluster : byName) {
                if (cluster.isOpen() && demand.allows(cluster.snapshot()) && cluster.hasLabels(demand.labels())) {
                    open[count++] = cluster.index();
                    shape.isHopeless &= !Amounts.fits(shape.need, cluster.capacity());
                }
            }
            shape.open = Arrays.copyOf(open, count);
            shape.openedAt = opened;
            shape.noRoomAt = -1;
        }
        return shape.open;
    }

    /** Whether some cluster open to the shape could take it when empty. */
    boolean couldEverTake(JobShape shape) {
        openTo(shape);
        return !shape.isHopeless;
    }

    /** Whether there is room for a shape on a cluster open to it. */
    boolean mayTake(JobShape shape) {
        openTo(shape);
        Room room = new Room();
        if (shape.noRoomAt < grownSince) {
            for (int index : shape.open) {
                if (Amounts.fits(shape.need, byName[index].free())) {
                    room.found(index);
                    if (room.count > 1) {
                        return true;
                    }
                }
            }
        } else {
            if (shape.roomOn >= 0 && Amounts.fits(shape.need, byName[shape.roomOn].free())) {
                room.found(shape.roomOn);
            }
            if (shape.noRoomAt < growth) {
                lookAtGrown(shape, room);
            }
        }
        remember(shape, room);
        return room.count > 0;
    }

    private void lookAtGrown(JobShape shape, Room room) {
        boolean all = shape.open.length == byName.length;
        for (ClusterState cluster : grown) {
            if (cluster.grewAt() > shape.noRoomAt && cluster.index() != shape.roomOn
                    && Amounts.fits(shape.need, cluster.free())
                    && (all || Arrays.binarySearch(shape.open, cluster.index()) >= 0)) {
                room.found(cluster.index());
            }
        }
    }

    /** Whether it is known that a shape has room nowhere. */
    boolean hasNoRoom(JobShape shape) {
        return shape.noRoomAt == growth && shape.roomOn < 0;
    }

    /** The one cluster on which a shape has room, when that is known and only one has; else null. */
    @Nullable
    ClusterState onlyRoom(JobShape shape) {
        return shape.noRoomAt == growth && shape.roomOn >= 0 ? byName[shape.roomOn] : null;
    }

    /** Says of a cluster with room for a shape whether it is taken into the choice, and remembers the best. */
    @FunctionalInterface
    interface Candidates {
        void room(ClusterState cluster);
    }

    /** Shows every cluster with room for a shape, in the order of names. */
    void withRoom(JobShape shape, Candidates candidates) {
        int[] open = openTo(shape);
        if (shape.noRoomAt == growth) {
            if (mayTake(shape)) {
                candidates.room(byName[shape.roomOn]);
            }
            return;
        }
        long since = shape.noRoomAt;
        int on = shape.roomOn;
        Room room = new Room();
        for (int index : open) {
            ClusterState cluster = byName[index];
            if ((cluster.grewAt() > since || index == on) && Amounts.fits(shape.need, cluster.free())) {
                room.found(index);
                candidates.room(cluster);
            }
        }
        remember(shape, room);
    }

    private void remember(JobShape shape, Room room) {
        // With room on several, what was known of the others still stands.
        if (room.count < 2) {
            shape.noRoomAt = growth;
            shape.roomOn = room.count == 1 ? room.last : -1;
        }
    }

    private static final class Room {
        private int count;
        private int last;

        void found(int index) {
            count++;
            last = index;
        }
    }
}
