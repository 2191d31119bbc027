package io.stepyard.scheduler;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All waiting jobs of one demand: they fit, and fail to fit, alike. Holds their kinds, and remembers where there was room
 * for them, so that a pass does not look again where nothing has changed.
 */
final class JobShape {

    private static final int FIRST_ROOM = 2;

    final Demand demand;
    final long[] need;

    /** Position in the queue's list of shapes. */
    int position;
    /** Clusters open to it, by index; valid while {@code openedAt} is the queue's. */
    int[] open = {};
    /** Whether no open cluster could take it even when empty; valid as {@code open} is. */
    boolean isHopeless;
    long openedAt = -1;
    /** The queue's count of growths when no open cluster but {@code roomOn} had room; -1 when nothing is known. */
    long noRoomAt = -1;
    /** The one open cluster that may have room, by index, or -1; says something while {@code noRoomAt} does. */
    int roomOn = -1;

    /** No kind of it is expected to run shorter. */
    long shortestMillis;

    /** Above or equal to the rank of each of its kinds until the queue's {@link RankBounds} says otherwise. */
    long boundTier;
    double boundScore;
    long boundMillis;
    /** Whether a job has left since the bound was made, so that a lower one may do. */
    boolean isLoose;

    private final Map<JobGroup.Key, JobGroup> byKey = new HashMap<>(4);
    /** The first {@code ranked} of them are a heap in a pass, the one that comes first on top. */
    private JobGroup[] kinds = new JobGroup[FIRST_ROOM];
    private int count;
    private int ranked;

    JobShape(Demand demand, long[] need) {
        this.demand = demand;
        this.need = need;
        unbound();
    }

    /** Below every rank: the bound of no kind at all. */
    void unbound() {
        boundTier = Long.MIN_VALUE;
        boundScore = Double.NEGATIVE_INFINITY;
        boundMillis = Long.MAX_VALUE;
        isLoose = false;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    JobGroup kind(int index) {
        return kinds[index];
    }

    @Nullable
    JobGroup kind(JobGroup.Key key) {
        return byKey.get(key);
    }

    void add(JobGroup kind) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, Math.max(4, count + (count >> 1)));
        }
        byKey.put(kind.key, kind);
        shortestMillis = count == 0 ? kind.runMillis : Math.min(shortestMillis, kind.runMillis);
        kind.position = count;
        kinds[count++] = kind;
    }

    /** Takes a kind out; when a pass has it ranked, it is the first. */
    void remove(JobGroup kind) {
        byKey.remove(kind.key);
        if (kind.position < ranked) {
            swap(kind.position, --ranked);
            down(0);
        }
        swap(kind.position, --count);
        kinds[count] = null;
        kind.position = -1;
    }

    /** Leaves none ranked. */
    void clearRanks() {
        ranked = 0;
    }

    /** Adds a kind to the ranked ones; {@link #heapify} follows once all are there. */
    void addRanked(int index) {
        swap(index, ranked++);
    }

    void heapify() {
        for (int index = ranked / 2 - 1; index >= 0; index--) {
            down(index);
        }
    }

    boolean hasRanked() {
        return ranked > 0;
    }

    JobGroup first() {
        return kinds[0];
    }

    /** Leaves the first unranked, and all others that the test does not take. */
    void dropFirst(Predicate<JobGroup> kept) {
        swap(0, --ranked);
        int before = ranked;
        for (int index = ranked - 1; index >= 0; index--) {
            if (!kept.test(kinds[index])) {
                swap(index, --ranked);
            }
        }
        if (ranked < before) {
            heapify();
        } else {
            down(0);
        }
    }

    /** After the rank of the first has fallen. */
    void reorderFirst() {
        down(0);
    }

    private void swap(int one, int other) {
        JobGroup moved = kinds[one];
        kinds[one] = kinds[other];
        kinds[one].position = one;
        kinds[other] = moved;
        moved.position = other;
    }

    private void down(int from) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= ranked) {
                return;
            }
            if (child + 1 < ranked && kinds[child + 1].precedes(kinds[child])) {
                child++;
            }
            if (!kinds[child].precedes(kinds[at])) {
                return;
            }
            swap(child, at);
            at = child;
        }
    }
}
