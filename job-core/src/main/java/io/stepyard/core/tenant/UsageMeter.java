package io.stepyard.core.tenant;

import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.LeaseStore.Lease;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.tenant.Usage.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what tenants hold from tick to tick and puts the account into the store now and then, under the scheduler's lease. What a crash
 * forgets is found again in the job history. Used by one thread.
 */
public final class UsageMeter {

    private final JobStore store;
    private final UsageBook book;
    private final Duration storeEvery;
    private @Nullable Usage usage;
    private long version;
    private Instant storedAt = Instant.MIN;
    /** Attempts that held something when last seen: one that is gone by the next tick is charged once more. */
    private final Map<String, JobRun> holding = new HashMap<>();

    public UsageMeter(JobStore store, Duration storeEvery) {
        this.store = store;
        this.book = new UsageBook(store);
        this.storeEvery = storeEvery;
    }

    /** Usage up to now, given the runs that hold something. */
    public Usage upTo(Instant now, List<JobRun> live) {
        Usage counted = usage;
        if (counted == null) {
            UsageBook.Stored stored = book.stored(now);
            version = stored.version();
            storedAt = stored.usage().through();
            counted = book.broughtUp(stored.usage(), now, live);
        } else {
            counted = counted.charged(now, slices(now, live));
        }
        usage = counted;
        holding.clear();
        live.forEach(run -> holding.put(run.jobId(), run));
        return counted;
    }

    /** These hold something from now on; the next list of live runs may not show them yet, or no longer. */
    public void granted(List<JobRun> runs) {
        runs.forEach(run -> holding.put(run.jobId(), run));
    }

    /** Jobs granted or seen live before, that a list of live runs may lack because it lags. */
    public List<JobRun> heldBefore() {
        return List.copyOf(holding.values());
    }

    private List<Slice> slices(Instant now, List<JobRun> live) {
        List<Slice> slices = new ArrayList<>();
        for (JobRun run : live) {
            run.liveAttempt().ifPresent(attempt -> slices.add(UsageBook.slice(run, attempt, now)));
            JobRun before = holding.remove(run.jobId());
            if (before != null && !sameAttempt(before, run)) {
                before.liveAttempt().ifPresent(attempt -> slices.add(UsageBook.slice(before, attempt, now)));
            }
        }
        // Ended since the last tick, a moment ago at most: charged until now.
        holding.values().forEach(run -> run.liveAttempt()
                .ifPresent(attempt -> slices.add(UsageBook.slice(run, attempt, now))));
        return slices;
    }

    private static boolean sameAttempt(JobRun before, JobRun now) {
        return before.latestAttempt().map(Attempt::number).equals(now.latestAttempt().map(Attempt::number));
    }

    /** Stores the account when it is time. A conflict means that another scheduler has done so: its account is read at the next tick. */
    public void storeWhenDue(Lease lease, Instant now) {
        Usage counted = usage;
        if (counted == null || now.isBefore(storedAt.plus(storeEvery))) {
            return;
        }
        boolean stored = store.commit(List.of(new StoreWrite.CheckLease(lease.name(), lease.epoch()),
                new StoreWrite.PutDocument(UsageBook.document(counted, version + 1)))).isCommitted();
        if (stored) {
            version++;
            storedAt = now;
        } else {
            usage = null;
            holding.clear();
        }
    }
}
