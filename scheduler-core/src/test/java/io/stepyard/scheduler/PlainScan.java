package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot.Availability;
import io.stepyard.scheduler.Policy.Reserving;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The policies written down a second time, as plainly as can be: every job looked at, every cluster asked, nothing
 * remembered. Knows cpu and memory, strict, greedy and EASY, and orders by priority, time and expansion.
 */
final class PlainScan {

    private final PassInput input;
    private final Reserving reserving;
    private final Comparator<WaitingJob> order;
    private final Comparator<WaitingJob> backfillOrder;
    private final Map<String, Resources> free = new TreeMap<>();
    private final List<RunningJob> running;
    private final List<Placement> placements = new ArrayList<>();
    private @Nullable WaitingJob head;
    private String headCluster = "";
    private Instant headStart = Instant.MAX;
    private Resources beside = Resources.NONE;

    PlainScan(PassInput input, Reserving reserving, Comparator<WaitingJob> order) {
        this(input, reserving, order, order);
    }

    PlainScan(PassInput input, Reserving reserving, Comparator<WaitingJob> order,
            Comparator<WaitingJob> backfillOrder) {
        this.input = input;
        this.reserving = reserving;
        this.order = order;
        this.backfillOrder = backfillOrder;
        this.running = new ArrayList<>(input.running());
        input.clusters().forEach(cluster -> free.put(cluster.name(), cluster.usable().min(cluster.capacity())));
    }

    static Comparator<WaitingJob> byPriority() {
        return Comparator.comparingInt(WaitingJob::priority).reversed().thenComparing(WaitingJob::enqueuedAt)
                .thenComparing(WaitingJob::jobId);
    }

    static Comparator<WaitingJob> byExpansion(Instant now) {
        return Comparator.comparingDouble((WaitingJob job) -> {
            double waited = Math.max(0, now.toEpochMilli() / 1000.0 - job.enqueuedAt().toEpochMilli() / 1000.0);
            double asked = job.timeLimit().toMillis() / 1000.0;
            return (waited + asked) / asked;
        }).reversed().thenComparing(WaitingJob::enqueuedAt).thenComparing(WaitingJob::jobId);
    }

    PassResult run() {
        List<WaitingJob> queue = new ArrayList<>(input.waiting());
        queue.sort(order);
        while (!queue.isEmpty()) {
            WaitingJob job = queue.removeFirst();
            String cluster = choose(job);
            if (cluster != null) {
                start(job, cluster);
            } else if (reserving == Reserving.STRICT && input.clusters().stream()
                    .anyMatch(other -> open(job, other) && job.resources().fitsWithin(other.capacity()))) {
                break;
            } else if (reserving == Reserving.EASY && head == null) {
                reserve(job);
                if (head != null) {
                    queue.sort(backfillOrder);
                }
            }
        }
        WaitingJob planned = head;
        return new PassResult(placements, Map.of(),
                planned == null ? List.of() : List.of(new PlannedStart(planned.jobId(), headCluster, headStart)));
    }

    private @Nullable String choose(WaitingJob job) {
        String best = null;
        double bestLeft = 0;
        for (ClusterSnapshot cluster : input.clusters().stream().sorted(Comparator.comparing(ClusterSnapshot::name))
                .toList()) {
            if (open(job, cluster) && job.resources().fitsWithin(room(cluster.name()))
                    && mayPass(job, cluster.name())) {
                Resources left = room(cluster.name()).minus(job.resources());
                double share = (cluster.capacity().cpuMillicores() == 0
                        ? 0
                        : (double) left.cpuMillicores() / cluster.capacity().cpuMillicores())
                        + (cluster.capacity().memoryMib() == 0
                                ? 0
                                : (double) left.memoryMib() / cluster.capacity().memoryMib());
                if (best == null || share < bestLeft) {
                    best = cluster.name();
                    bestLeft = share;
                }
            }
        }
        return best;
    }

    private Resources room(String cluster) {
        return Objects.requireNonNull(free.get(cluster));
    }

    private boolean mayPass(WaitingJob job, String cluster) {
        return head == null || !cluster.equals(headCluster)
                || !input.now().plus(job.timeLimit()).isAfter(headStart) || job.resources().fitsWithin(beside);
    }

    private static boolean open(WaitingJob job, ClusterSnapshot cluster) {
        return cluster.availability() == Availability.OPEN
                && (job.clusters().isEmpty() || job.clusters().contains(cluster.name()))
                && !job.notOn().contains(cluster.name())
                && job.labels().entrySet().stream()
                        .allMatch(label -> label.getValue().equals(cluster.labels().get(label.getKey())));
    }

    private void start(WaitingJob job, String cluster) {
        if (head != null && cluster.equals(headCluster) && input.now().plus(job.timeLimit()).isAfter(headStart)) {
            beside = beside.minus(job.resources());
        }
        free.put(cluster, room(cluster).minus(job.resources()));
        running.add(new RunningJob(job.jobId(), cluster, job.resources(), input.now().plus(job.timeLimit()),
                job.tenant()));
        placements.add(new Placement(job.jobId(), cluster, job.resources()));
    }

    private void reserve(WaitingJob job) {
        Map<String, Instant> starts = new HashMap<>();
        for (ClusterSnapshot cluster : input.clusters()) {
            if (open(job, cluster) && job.resources().fitsWithin(cluster.capacity())) {
                running.stream().filter(other -> other.cluster().equals(cluster.name())).map(this::end)
                        .filter(moment -> job.resources().fitsWithin(freeAt(cluster.name(), moment)))
                        .min(Comparator.naturalOrder()).ifPresent(moment -> starts.put(cluster.name(), moment));
            }
        }
        starts.entrySet().stream().min(Map.Entry.<String, Instant>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey())).ifPresent(earliest -> {
                    head = job;
                    headCluster = earliest.getKey();
                    headStart = earliest.getValue();
                    beside = freeAt(headCluster, headStart).minus(job.resources());
                });
    }

    private Instant end(RunningJob job) {
        Instant soonest = input.now().plusMillis(1);
        return job.expectedEnd().isBefore(soonest) ? soonest : job.expectedEnd();
    }

    private Resources freeAt(String cluster, Instant moment) {
        return running.stream().filter(job -> job.cluster().equals(cluster) && !end(job).isAfter(moment))
                .map(RunningJob::resources).reduce(room(cluster), Resources::plus);
    }
}
