package io.stepyard.scheduler;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Waiting jobs of one kind: they differ in nothing a policy looks at but their time in the queue, so that all but the
 * first can wait for the first. The one that comes first is at hand.
 */
final class JobGroup {

    static final Comparator<WaitingJob> BY_TIME = Comparator.comparing(WaitingJob::enqueuedAt)
            .thenComparing(WaitingJob::jobId);
    static final Comparator<WaitingJob> BY_PRIORITY = Comparator.comparingInt(WaitingJob::priority).reversed()
            .thenComparing(BY_TIME);

    private static final int FIRST_ROOM = 2;

    final JobShape shape;
    final Key key;
    final long[] need;
    final FairShare.Account account;
    final double runSeconds;
    final long runMillis;
    final long limitMillis;

    /** Position in its shape's list of kinds. */
    int position;
    /** What it ranked with when last ranked. */
    long tier;
    double score;
    /** The pass that has set it aside. */
    long asideIn = -1;
    /** Of the first job: at hand without a look at the job itself. */
    long firstMillis;
    int firstPriority;

    private final boolean byPriority;
    /** A heap, the first job on top: jobs come in any order and mostly nobody asks for more than the first. */
    private WaitingJob[] jobs = new WaitingJob[FIRST_ROOM];
    /** When each joined the queue, beside it: most comparisons need no more. */
    private long[] times = new long[FIRST_ROOM];
    private int size;

    /** What the jobs of a kind agree in. Aspects that the policy does not look at are left at 0 or empty. */
    record Key(int priority, String tenant, long runMillis, long limitMillis) {}

    JobGroup(JobShape shape, Key key, FairShare.Account account, WaitingJob first, boolean byPriority) {
        this.shape = shape;
        this.key = key;
        this.need = shape.need;
        this.account = account;
        this.byPriority = byPriority;
        this.runMillis = Math.max(1, first.plannedRun().toMillis());
        this.limitMillis = Math.max(1, first.timeLimit().toMillis());
        this.runSeconds = runMillis / 1000.0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** @return whether it came to stand first */
    boolean add(WaitingJob job) {
        if (size == jobs.length) {
            int room = Math.max(4, size + (size >> 2));
            jobs = Arrays.copyOf(jobs, room);
            times = Arrays.copyOf(times, room);
        }
        int place = up(size++, job, job.enqueuedAt().toEpochMilli());
        if (place == 0) {
            noteFirst();
        }
        return place == 0;
    }

    WaitingJob first() {
        return jobs[0];
    }

    WaitingJob pollFirst() {
        WaitingJob first = jobs[0];
        removeAt(0);
        return first;
    }

    /** Searches the whole kind: taking a job out of the middle is rare. */
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

    /** Whether it comes before another kind by what both ranked with last. */
    boolean precedes(JobGroup other) {
        if (tier != other.tier) {
            return tier > other.tier;
        }
        int byScore = Double.compare(other.score, score);
        if (byScore != 0) {
            return byScore < 0;
        }
        return firstMillis != other.firstMillis
                ? firstMillis < other.firstMillis
                : BY_TIME.compare(jobs[0], other.jobs[0]) < 0;
    }

    private void noteFirst() {
        if (size > 0) {
            firstMillis = times[0];
            firstPriority = jobs[0].priority();
        }
    }

    private void removeAt(int at) {
        WaitingJob last = jobs[--size];
        jobs[size] = null;
        if (at < size) {
            int place = down(at, last, times[size]);
            if (place == at) {
                up(at, last, times[size]);
            }
        }
        noteFirst();
    }

    /** @return where the job came to stand */
    private int up(int from, WaitingJob job, long millis) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!precedes(job, millis, parent)) {
                break;
            }
            jobs[at] = jobs[parent];
            times[at] = times[parent];
            at = parent;
        }
        jobs[at] = job;
        times[at] = millis;
        return at;
    }

    /** @return where the job came to stand */
    private int down(int from, WaitingJob job, long millis) {
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && precedes(jobs[child + 1], times[child + 1], child)) {
                child++;
            }
            if (precedes(job, millis, child)) {
                break;
            }
            jobs[at] = jobs[child];
            times[at] = times[child];
            at = child;
        }
        jobs[at] = job;
        times[at] = millis;
        return at;
    }

    private boolean precedes(WaitingJob job, long millis, int other) {
        if (byPriority && job.priority() != jobs[other].priority()) {
            return job.priority() > jobs[other].priority();
        }
        return millis != times[other] ? millis < times[other] : BY_TIME.compare(job, jobs[other]) < 0;
    }
}
