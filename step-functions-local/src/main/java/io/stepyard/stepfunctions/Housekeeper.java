package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.journal.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Forgets executions that ended longer ago than they are kept, and gives the journal's space back: what is still wanted of
 * the oldest part is written again at the end, each history as one record, and the part is dropped. Belongs to the
 * interpreter's thread.
 */
final class Housekeeper {
    /** Less than this is never worth the work. */
    private static final long SMALL_BYTES = 128L << 20;
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(2);

    private final EngineSettings settings;
    private final EngineLoop loop;
    private final EngineCore core;

    Housekeeper(EngineSettings settings, EngineLoop loop, EngineCore core) {
        this.settings = settings;
        this.loop = loop;
        this.core = core;
    }

    /** Keeps house now and from time to time. On virtual time only now: a clock that jumps would never come to rest. */
    void begin() {
        boolean more = keep();
        if (!settings.runner().isVirtual()) {
            settings.runner().scheduleTurn(settings.runner().instant().plus(more ? SHORT_PAUSE : PAUSE), this::begin);
        }
    }

    /** One round; answers whether there is more to do at once. */
    boolean keep() {
        expire(core.now().minus(settings.retention()));
        Journal journal = settings.journal();
        long end = journal.oldestEnd();
        if (end < 0 || journal.sizeBytes() < SMALL_BYTES || journal.sizeBytes() < 2 * core.executions().wantedBytes()) {
            return false;
        }
        compact(end);
        return true;
    }

    private void expire(Instant limit) {
        List<ExecutionEntry> old = new ArrayList<>();
        for (ExecutionEntry entry : core.executions().all()) {
            if (!entry.isOpen() && entry.stopMillis() < limit.toEpochMilli()) {
                old.add(entry);
            }
        }
        if (!old.isEmpty()) {
            core.executions().forget(old);
        }
        core.catalog().forgetDeleted();
    }

    /** Does all there is to do, whether it is worth it or not. */
    void keepAll() {
        expire(core.now().minus(settings.retention()));
        long end = settings.journal().oldestEnd();
        if (end >= 0) {
            compact(end);
        }
    }

    /** Writes again what is wanted of everything before a position, then drops it. */
    void compact(long end) {
        core.catalog().rewrite(end);
        for (ExecutionEntry entry : core.executions().all()) {
            if (entry.firstPosition() < end) {
                rewrite(entry);
            }
        }
        loop.afterCommit(() -> settings.journal().dropBefore(end));
    }

    /** Writes a history again, as one record. */
    private void rewrite(ExecutionEntry entry) {
        List<HistoryEvent> events = core.reader().whole(entry.lastPosition());
        byte[] record = Records.events(new Records.Head(entry.number(), -1, entry.status(),
                events.getLast().timestampMillis(), entry.redrives(), entry.start()), events);
        entry.movedTo(settings.journal().append(record), record.length);
        entry.heartbeats().forEach((event, millis) -> settings.journal()
                .append(Records.heartbeat(new Records.Heartbeat(entry.number(), event, millis))));
    }
}
