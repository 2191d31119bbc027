package io.stepyard.simulator.world;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.TaskToken;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.job.RetryPolicy;
import io.stepyard.model.job.RunSpec;
import io.stepyard.model.resource.Resources;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What comes over a world by itself: outages, losses, operators and users who change their minds. */
final class Weather {

    private static final Duration MEAN_BETWEEN = Duration.ofMinutes(12);
    private static final Duration SHORTEST_TROUBLE = Duration.ofMinutes(1);
    private static final Duration LONGEST_TROUBLE = Duration.ofHours(6);
    private static final Duration LONGEST_BURST = Duration.ofMinutes(10);
    /** No cluster denies a run that goes on for longer than this; docs/faulty-world.md promises nothing beyond. */
    static final Duration LONGEST_DENIAL = Duration.ofSeconds(90);

    private final VirtualTime time;
    private final Faults faults;
    private final Chance chance;
    private final Trace trace;
    private final SimulatedClusters clusters;
    private final FaultyStore store;
    private final Books books;
    private final Client client;
    private final Map<FaultClass, Runnable> events = new EnumMap<>(FaultClass.class);
    private final List<FaultClass> kinds;
    private int poisonRows;
    private int invalidJobs;

    Weather(VirtualTime time, Faults faults, Chance chance, Trace trace, SimulatedClusters clusters,
            FaultyStore store, Books books, Client client) {
        this.time = time;
        this.faults = faults;
        this.chance = chance;
        this.trace = trace;
        this.clusters = clusters;
        this.store = store;
        this.books = books;
        this.client = client;
        register();
        this.kinds = List.copyOf(events.keySet());
    }

    private void register() {
        for (FaultClass trouble : List.of(FaultClass.CLUSTER_DOWN, FaultClass.CLUSTER_SLOW,
                FaultClass.CLUSTER_NONSENSE, FaultClass.CLUSTER_FLAPPING, FaultClass.METRICS_STALE)) {
            events.put(trouble, () -> trouble(trouble));
        }
        events.put(FaultClass.STORE_THROTTLED, this::throttle);
        events.put(FaultClass.CLUSTER_HIDES_RUNS, this::hideRuns);
        events.put(FaultClass.CLUSTER_LOSES_RUNS, this::loseRuns);
        events.put(FaultClass.CLUSTER_KILLS_RUNS, this::killRuns);
        events.put(FaultClass.CLUSTER_REQUEUES_RUN, this::requeueRun);
        events.put(FaultClass.CLUSTER_CANCELS_RUN, this::cancelRun);
        events.put(FaultClass.FOREIGN_LOAD, this::foreignLoad);
        events.put(FaultClass.EXECUTION_ABORTED, () -> client.abort(client.any()));
        events.put(FaultClass.EXECUTION_REDRIVEN, () -> client.redrive(client.any()));
        events.put(FaultClass.EXECUTION_STARTED_TWICE, () -> client.submitAgain(client.any()));
        events.put(FaultClass.JOB_CANCELLED, this::cancelJob);
        events.put(FaultClass.JOB_INVALID, this::invalidJob);
        events.put(FaultClass.CLUSTER_DRAINED, this::drain);
        events.put(FaultClass.POISON_ROW, this::poison);
    }

    void begin() {
        next();
    }

    private void next() {
        time.schedule(time.instant().plus(chance.upTo(MEAN_BETWEEN.multipliedBy(2))), () -> {
            if (!faults.active()) {
                return;
            }
            next();
            FaultClass kind = chance.pick(kinds);
            if (faults.has(kind)) {
                trace.note("weather", kind.name());
                events.getOrDefault(kind, () -> {
                }).run();
            }
        });
    }

    /** Everything is well again, and nothing more comes. */
    void clear() {
        for (TrueCluster cluster : clusters.all()) {
            Set.copyOf(cluster.troubles()).forEach(cluster::end);
            cluster.foreign(Resources.NONE, time.instant());
            cluster.live(time.instant()).forEach(run -> run.hide(Instant.MIN));
            drained(cluster.name(), false);
        }
        store.throttle(false);
    }

    private TrueCluster any() {
        return chance.pick(List.copyOf(clusters.all()));
    }

    private void trouble(FaultClass trouble) {
        TrueCluster cluster = any();
        cluster.begin(trouble, time.instant());
        time.schedule(time.instant().plus(chance.mostlyShort(SHORTEST_TROUBLE, LONGEST_TROUBLE)),
                () -> cluster.end(trouble));
    }

    private void throttle() {
        store.throttle(true);
        time.schedule(time.instant().plus(chance.mostlyShort(SHORTEST_TROUBLE, LONGEST_BURST)),
                () -> store.throttle(false));
    }

    private void hideRuns() {
        Instant until = time.instant().plus(chance.upTo(LONGEST_DENIAL));
        // A run that is denied again before it was seen again is denied for longer than is promised against.
        any().live(time.instant()).stream().filter(run -> !books.isDenied(run.jobId())).forEach(run -> {
            run.hide(until);
            faults.count(FaultClass.CLUSTER_HIDES_RUNS);
        });
    }

    private void loseRuns() {
        faults.count(FaultClass.CLUSTER_LOSES_RUNS);
        any().loseAll(time.instant());
    }

    private void killRuns() {
        any().live(time.instant()).forEach(run -> {
            run.settle(time.instant(), TrueRun.End.KILLED);
            faults.count(FaultClass.CLUSTER_KILLS_RUNS);
        });
    }

    private void requeueRun() {
        any().running(time.instant()).stream().findFirst().ifPresent(run -> {
            run.requeue(time.instant().plus(chance.upTo(Duration.ofMinutes(30))));
            faults.count(FaultClass.CLUSTER_REQUEUES_RUN);
            trace.note("waits again", run.key());
        });
    }

    private void cancelRun() {
        any().live(time.instant()).stream().findFirst().ifPresent(run -> {
            run.settle(time.instant(), TrueRun.End.CANCELLED);
            faults.count(FaultClass.CLUSTER_CANCELS_RUN);
        });
    }

    private void foreignLoad() {
        TrueCluster cluster = any();
        Resources all = cluster.capacity();
        cluster.foreign(new Resources(all.cpuMillicores() * chance.below(100) / 100,
                all.memoryMib() * chance.below(100) / 100), time.instant());
        faults.count(FaultClass.FOREIGN_LOAD);
    }

    private void cancelJob() {
        String name = client.any();
        if (!name.isEmpty()) {
            faults.count(FaultClass.JOB_CANCELLED);
            client.cancel(name);
        }
    }

    private void invalidJob() {
        faults.count(FaultClass.JOB_INVALID);
        client.submit("invalid-" + invalidJobs++, "{\"schemaVersion\":1,\"name\":\"x\",\"cpu\":-1}");
    }

    private void drain() {
        TrueCluster cluster = any();
        if (drained(cluster.name(), true)) {
            faults.count(FaultClass.CLUSTER_DRAINED);
        }
        time.schedule(time.instant().plus(chance.mostlyShort(SHORTEST_TROUBLE, LONGEST_TROUBLE)),
                () -> drained(cluster.name(), false));
    }

    private boolean drained(String name, boolean drained) {
        ClusterRecord now = store.truth().cluster(name).orElseThrow();
        return now.drained() != drained && store.write(List.of(new StoreWrite.ReplaceCluster(new ClusterRecord(name,
                now.version() + 1, now.kind(), now.endpoint(), now.capacity(), now.labels(), drained,
                drained ? "new disks" : null, now.reserved(), now.health())))).isCommitted();
    }

    /** A row that an older version or a hand has left in the queue: first in line, and nobody's job. */
    private void poison() {
        String id = "poison-" + poisonRows++;
        books.expectPoison(id);
        JobSpec spec = new JobSpec(id, JobSpec.DEFAULT_TENANT, JobSpec.MAX_PRIORITY, Resources.ofCores(1, 512),
                Duration.ofHours(1), Set.of(), Map.of(), new RunSpec.Command(List.of("true"), null),
                Map.of(), RetryPolicy.DEFAULT, Map.of());
        if (store.write(List.of(new StoreWrite.InsertQueueRow(
                new QueueRow(id, spec.priority(), time.instant(), 0, spec, new TaskToken("nobodys"))))).isCommitted()) {
            faults.count(FaultClass.POISON_ROW);
        }
        // Somebody reads the log and takes it out, unless it is the last one: that one stays for good.
        if (poisonRows > 1) {
            time.schedule(time.instant().plus(chance.mostlyShort(SHORTEST_TROUBLE, LONGEST_TROUBLE)), () -> {
                var _ = store.write(List.of(new StoreWrite.DeleteQueueRow(id, spec.priority())));
            });
        }
    }
}
