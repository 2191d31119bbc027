package io.stepyard.core.tenant;

import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.Document;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.RunQuery;
import io.stepyard.core.tenant.Usage.Slice;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.scheduler.LiveQueue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads what tenants have used from the store: the stored account, and what the job history says since then. */
public final class UsageBook {

    /** The document's name. */
    public static final String DOCUMENT = "usage";

    private static final Logger LOG = LoggerFactory.getLogger(UsageBook.class);
    /** What is older than this counts for less than half a per cent. */
    private static final int HALF_LIVES = 8;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<JobState> NOT_LIVE = EnumSet.copyOf(
            java.util.Arrays.stream(JobState.values()).filter(state -> !state.holdsReservation()).toList());

    private final JobStore store;

    public UsageBook(JobStore store) {
        this.store = store;
    }

    /** The stored account and its version; version 0 and nothing used when there is none. */
    record Stored(long version, Usage usage) {}

    Stored stored(Instant now) {
        Optional<Document> document = store.document(DOCUMENT);
        Usage nothing = Usage.nothingSince(now.minus(LiveQueue.USAGE_HALF_LIFE.multipliedBy(HALF_LIVES)));
        return document.map(found -> new Stored(found.version(), read(found, nothing)))
                .orElse(new Stored(0, nothing));
    }

    /** Usage up to now: the account, what live runs have held since, and what the newest {@value RunQuery#MAX_LIMIT} others have. */
    public Usage upTo(Instant now, List<JobRun> live) {
        return broughtUp(stored(now).usage(), now, live);
    }

    Usage broughtUp(Usage usage, Instant now, List<JobRun> live) {
        List<Slice> slices = new ArrayList<>();
        live.forEach(run -> slices(run, now, slices));
        Set<String> known = new java.util.HashSet<>();
        live.forEach(run -> known.add(run.jobId()));
        store.runs(new RunQuery(NOT_LIVE, null, RunQuery.MAX_LIMIT, null)).items().stream()
                .filter(run -> !known.contains(run.jobId())).filter(run -> run.updatedAt().isAfter(usage.through()))
                .forEach(run -> slices(run, now, slices));
        return usage.charged(now, slices);
    }

    private static void slices(JobRun run, Instant now, List<Slice> slices) {
        for (Attempt attempt : run.attempts()) {
            slices.add(slice(run, attempt, attempt.endedAt() == null ? now : attempt.endedAt()));
        }
    }

    static Slice slice(JobRun run, Attempt attempt, Instant to) {
        return new Slice(run.spec().tenant(), attempt.resources().cpuMillicores() / 1000.0, attempt.grantedAt(), to);
    }

    static Document document(Usage usage, long version) {
        Usage trimmed = usage.trimmed();
        return new Document(DOCUMENT, version, JSON.writeValueAsString(
                Map.of("through", trimmed.through().toString(), "coreSeconds", trimmed.coreSeconds())));
    }

    private record Form(String through, Map<String, Double> coreSeconds) {}

    private static Usage read(Document document, Usage otherwise) {
        try {
            Form form = JSON.readValue(document.body(), Form.class);
            return new Usage(Instant.parse(form.through()), form.coreSeconds());
        } catch (JacksonException | java.time.DateTimeException malformed) {
            // Fair shares begin anew from the job history; no job waits for the account.
            LOG.error("The stored usage of tenants cannot be read and is made anew from the job history: {}",
                    malformed.getMessage());
            return otherwise;
        }
    }
}
