package io.stepyard.core.scheduling;

import io.stepyard.core.job.Grant;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.LeaseStore;
import io.stepyard.core.store.LeaseStore.Lease;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.TaskToken;
import io.stepyard.core.tenant.LiveTerms;
import io.stepyard.core.tenant.TenantLimits;
import io.stepyard.core.tenant.TenantsDesk;
import io.stepyard.core.tenant.UsageMeter;
import io.stepyard.core.workflow.WorkflowSignals;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.scheduler.Pass;
import io.stepyard.scheduler.PassInput;
import io.stepyard.scheduler.PassResult;
import io.stepyard.scheduler.PassTerms;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * One tick of the queue manager: own the queue by a lease, look at the clusters, run a pass, commit the grants, then signal them (A22-A27,
 * decision 3). It may come late, twice or not at all.
 */
public final class ScheduleTick {

    /** The lease that makes one scheduler the owner of the queue. */
    public static final String LEASE = "scheduler";

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleTick.class);

    /** Passes in one tick at the most; each further one leaves out rows that are nobody's. */
    private static final int MAX_ROUNDS = 4;

    /** The ports a tick acts on. */
    public record Ports(JobStore store, ClusterStore clusters, LeaseStore leases, WorkflowSignals signals,
            InstantSource clock,
            Executor executor) {}

    private final Ports ports;
    private final LookAtClusters look;
    private final Pass pass;
    private final SchedulerSettings settings;
    private final String owner;
    private final GrantPlacements grants;
    private final TenantsDesk tenants;
    private final UsageMeter usage;
    private final JsonMapper mapper = JsonMapper.shared();

    /** @param owner names this scheduler; no two that may run at the same time share it */
    public ScheduleTick(Ports ports, LookAtClusters look, Pass pass, SchedulerSettings settings, String owner) {
        this.ports = ports;
        this.look = look;
        this.pass = pass;
        this.settings = settings;
        this.owner = owner;
        this.grants = new GrantPlacements(ports.store(), ports.clock());
        this.tenants = new TenantsDesk(ports.store());
        this.usage = new UsageMeter(ports.store(), settings.usageStoredEvery());
    }

    public TickReport tick() {
        Optional<Lease> lease = ports.leases().acquire(LEASE, owner, ports.clock().instant(), settings.leaseLength());
        if (lease.isEmpty()) {
            return TickReport.NOT_OURS;
        }
        look.look();
        List<JobRun> live = ports.store().liveRuns();
        int again = signalAgain(live);
        List<QueueRow> waiting = ports.store().waiting(settings.depth());
        PassInputs.Stored stored = new PassInputs.Stored(waiting, live, ports.clusters().clusters());
        PassInput input = input(stored);
        usage.storeWhenDue(lease.get(), input.now());
        if (waiting.isEmpty()) {
            return new TickReport(true, 0, 0, 0, again);
        }
        int granted = 0;
        int conflicts = 0;
        Set<String> strays = Set.of();
        for (int round = 0; round == 0 || (!strays.isEmpty() && round < MAX_ROUNDS); round++) {
            if (round > 0) {
                waiting = without(strays, waiting);
                stored = new PassInputs.Stored(waiting, ports.store().liveRuns(), ports.clusters().clusters());
                input = input(stored);
            }
            GrantPlacements.Outcome outcome = pass(input, stored.clusters(), lease.get());
            granted += outcome.granted();
            conflicts += outcome.conflicts();
            strays = outcome.strays();
        }
        if (granted > 0) {
            LOG.info("Granted {} of {} waiting jobs, {} conflicts", granted, waiting.size(), conflicts);
        }
        return new TickReport(true, waiting.size(), granted, conflicts, again);
    }

    private static List<QueueRow> without(Set<String> strays, List<QueueRow> waiting) {
        return waiting.stream().filter(row -> !strays.contains(row.jobId())).toList();
    }

    /** A row in the queue that is nobody's must not keep a place that others wait for: what it was given is passed out anew (A30). */
    private GrantPlacements.Outcome pass(PassInput input, List<ClusterRecord> clusters, Lease lease) {
        PassResult result = pass.run(input);
        GrantPlacements.Outcome outcome = grants.commit(result.placements(), clusters, lease, runs -> {
            usage.granted(runs);
            signalAll(runs);
        });
        if (!outcome.strays().isEmpty()) {
            LOG.warn("Rows in the queue whose jobs do not wait: {}", outcome.strays());
        }
        return outcome;
    }

    private PassInput input(PassInputs.Stored stored) {
        Instant now = ports.clock().instant();
        TenantLimits.Table table = tenants.table();
        PassInputs.Stored seen = table.hasQuotas() ? withUnlisted(stored) : stored;
        PassTerms terms = LiveTerms.of(table, usage.upTo(now, seen.live()), seen.waiting(), seen.live(),
                seen.clusters(), now);
        return PassInputs.of(seen, terms, RunTimes.UNKNOWN, settings.sampleMaxAge(), now);
    }

    /** The list of live runs may lag: a quota counts what was granted a moment ago as well. */
    private PassInputs.Stored withUnlisted(PassInputs.Stored stored) {
        Set<String> listed = stored.live().stream().map(JobRun::jobId).collect(Collectors.toSet());
        Stream<JobRun> unlisted = usage.heldBefore().stream().filter(run -> !listed.contains(run.jobId()))
                .flatMap(run -> ports.store().run(run.jobId()).stream())
                .filter(run -> run.state().holdsReservation());
        return new PassInputs.Stored(stored.waiting(), Stream.concat(stored.live().stream(), unlisted).toList(),
                stored.clusters());
    }

    /** Gives the queue free for another scheduler at once, instead of at the lease's end. */
    public void release() {
        ports.leases().acquire(LEASE, owner, ports.clock().instant(), settings.leaseLength())
                .ifPresent(ports.leases()::release);
    }

    private void signalAll(List<JobRun> granted) {
        CompletableFuture<?>[] signals = granted.stream()
                .map(run -> CompletableFuture.runAsync(() -> signal(run), ports.executor()))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(signals).join();
    }

    /** Commit first, signal second: a crash in between is mended here by a later tick. */
    private int signalAgain(List<JobRun> live) {
        Instant before = ports.clock().instant().minus(settings.signalAgainAfter());
        List<JobRun> silent = live.stream()
                .filter(run -> run.state() == JobState.GRANTED && run.attempts().getLast().grantedAt().isBefore(before))
                .toList();
        signalAll(silent);
        return silent.size();
    }

    private void signal(JobRun run) {
        TaskToken token = run.token();
        if (token == null) {
            return;
        }
        String grant = mapper.writeValueAsString(Grant.of(run.jobId(), run.attempts().getLast()));
        try {
            WorkflowSignals.SignalResult result = ports.signals().success(token, grant);
            if (result != WorkflowSignals.SignalResult.DELIVERED) {
                LOG.warn("The grant of job {} was not delivered: {}", run.jobId(), result);
            }
        } catch (RuntimeException e) {
            // One execution that takes no signal must not stop the others, tick after tick (A30).
            LOG.error("The grant of job {} could not be signalled", run.jobId(), e);
        }
    }
}
