package io.stepyard.scheduler;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Waiting jobs that differ in nothing a policy looks at but their time in the queue, so that all but the first can wait
 * for the first. The one that comes first is at hand.
 */
final class JobGroup {

    static final Comparator<WaitingJob> BY_TIME = Comparator.comparing(WaitingJob::enqueuedAt)
            .thenComparing(WaitingJob::jobId);
    static final Comparator<WaitingJob> BY_PRIORITY = Comparator.comparingInt(WaitingJob::priority).reversed()
            .thenComparing(BY_TIME);

    private static final int FIRST_ROOM = 2;

    final Key key;
    final long[] need;
    final double runSeconds;
    final long runMillis;
    final long limitMillis;

    /** Position in the queue's list of groups. */
    int position;
    /** What it ranked with when last ranked. */
    long tier;
    double score;
    /** Clusters open to it, by index; valid while {@code openedAt} is the queue's. */
    int[] open = {};
    long openedAt = -1;
    /** The queue's count of growths when no open cluster had room for it; -1 when it may fit. */
    long noRoomAt = -1;

    private final boolean byPriority;
    /** A heap, the first job on top: jobs come in any order and mostly nobody asks for more than the first. */
    private WaitingJob[] jobs = new WaitingJob[FIRST_ROOM];
    private int size;

    /** What the jobs of a group agree in. Aspects that the policy does not look at are left at 0 or empty. */
    record Key(Demand demand, int priority, String tenant, long runMillis, long limitMillis) {}

    JobGroup(Key key, long[] need, WaitingJob first, boolean byPriority) {
        this.byPriority = byPriority;
        this.key = key;
        this.need = need;
        this.runMillis = Math.max(1, first.plannedRun().toMillis());
        this.limitMillis = Math.max(1, first.timeLimit().toMillis());
        this.runSeconds = runMillis / 1000.0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(WaitingJob job) {
        if (size == jobs.length) {
            jobs = Arrays.copyOf(jobs, Math.max(4, size + (size >> 1)));
        }
        up(size++, job);
    }

    WaitingJob first() {
        return jobs[0];
    }

    WaitingJob pollFirst() {
        WaitingJob first = jobs[0];
        removeAt(0);
        return first;
    }

    /** Searches the whole group: taking a job out of the middle is rare. */
    boolean remove(WaitingJob job) {
        for (int at = 0; at < size; at++) {
            if (jobs[at].jobId().equals(job.jobId())) {
                removeAt(at);
                return true;
            }
        }
        return false;
    }

    /** Its jobs in order, at most {@code limit}. */
    List<WaitingJob> jobs(int limit) {
        WaitingJob[] sorted = Arrays.copyOf(jobs, size);
        Arrays.sort(sorted, byPriority ? BY_PRIORITY : BY_TIME);
        return Arrays.asList(limit < size ? Arrays.copyOf(sorted, limit) : sorted);
    }

    private void removeAt(int at) {
        WaitingJob last = jobs[--size];
        jobs[size] = null;
        if (at < size) {
            int place = down(at, last);
            if (place == at) {
                up(at, last);
            }
        }
    }

    private void up(int from, WaitingJob job) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!precedes(job, jobs[parent])) {
                break;
            }
            jobs[at] = jobs[parent];
            at = parent;
        }
        jobs[at] = job;
    }

    /** @return where the job came to stand */
    private int down(int from, WaitingJob job) {
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && precedes(jobs[child + 1], jobs[child])) {
                child++;
            }
            if (!precedes(jobs[child], job)) {
                break;
            }
            jobs[at] = jobs[child];
            at = child;
        }
        jobs[at] = job;
        return at;
    }

    private boolean precedes(WaitingJob one, WaitingJob other) {
        if (byPriority && one.priority() != other.priority()) {
            return one.priority() > other.priority();
        }
        int byTime = one.enqueuedAt().compareTo(other.enqueuedAt());
        return byTime != 0 ? byTime < 0 : one.jobId().compareTo(other.jobId()) < 0;
    }
}
