package io.stepyard.scheduler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Waiting jobs that differ in nothing a policy looks at but their time in the queue, so that all but the first can wait
 * for the first. Kept in order.
 */
final class JobGroup {

    static final Comparator<WaitingJob> BY_TIME = Comparator.comparing(WaitingJob::enqueuedAt)
            .thenComparing(WaitingJob::jobId);
    static final Comparator<WaitingJob> BY_PRIORITY = Comparator.comparingInt(WaitingJob::priority).reversed()
            .thenComparing(BY_TIME);

    private static final int FIRST_ROOM = 2;
    /** Late arrivals inserted one by one; more of them are sorted in together. */
    private static final int FEW = 16;

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

    private final Comparator<WaitingJob> order;
    private WaitingJob[] jobs = new WaitingJob[FIRST_ROOM];
    private int head;
    private int tail;
    private final List<WaitingJob> late = new ArrayList<>(0);

    /** What the jobs of a group agree in. Aspects that the policy does not look at are left at 0 or empty. */
    record Key(Demand demand, int priority, String tenant, long runMillis, long limitMillis) {}

    JobGroup(Key key, long[] need, WaitingJob first, Comparator<WaitingJob> order) {
        this.order = order;
        this.key = key;
        this.need = need;
        this.runMillis = Math.max(1, first.plannedRun().toMillis());
        this.limitMillis = Math.max(1, first.timeLimit().toMillis());
        this.runSeconds = runMillis / 1000.0;
    }

    boolean isEmpty() {
        return head == tail && late.isEmpty();
    }

    int size() {
        return tail - head + late.size();
    }

    void add(WaitingJob job) {
        if (head == tail || order.compare(jobs[tail - 1], job) <= 0) {
            append(job);
        } else {
            late.add(job);
        }
    }

    WaitingJob first() {
        settle();
        return jobs[head];
    }

    WaitingJob pollFirst() {
        settle();
        WaitingJob first = jobs[head];
        jobs[head++] = null;
        if (head == tail) {
            head = 0;
            tail = 0;
        }
        return first;
    }

    boolean remove(WaitingJob job) {
        settle();
        int at = Arrays.binarySearch(jobs, head, tail, job, order);
        if (at < 0) {
            return false;
        }
        System.arraycopy(jobs, at + 1, jobs, at, tail - at - 1);
        jobs[--tail] = null;
        return true;
    }

    /** Its jobs in order, at most {@code limit}. */
    List<WaitingJob> jobs(int limit) {
        settle();
        return Arrays.asList(Arrays.copyOfRange(jobs, head, head + Math.min(tail - head, limit)));
    }

    private void append(WaitingJob job) {
        if (tail == jobs.length) {
            if (head > jobs.length / 2) {
                System.arraycopy(jobs, head, jobs, 0, tail - head);
                Arrays.fill(jobs, tail - head, tail, null);
                tail -= head;
                head = 0;
            } else {
                jobs = Arrays.copyOf(jobs, Math.max(4, jobs.length + (jobs.length >> 1)));
            }
        }
        jobs[tail++] = job;
    }

    private void settle() {
        if (late.isEmpty()) {
            return;
        }
        if (late.size() <= FEW) {
            late.forEach(this::insert);
        } else {
            late.forEach(this::append);
            Arrays.sort(jobs, head, tail, order);
        }
        late.clear();
    }

    private void insert(WaitingJob job) {
        append(job);
        int at = Arrays.binarySearch(jobs, head, tail - 1, job, order);
        int place = at < 0 ? -at - 1 : at;
        System.arraycopy(jobs, place, jobs, place + 1, tail - 1 - place);
        jobs[place] = job;
    }
}
