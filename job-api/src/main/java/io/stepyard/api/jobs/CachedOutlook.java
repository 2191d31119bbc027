package io.stepyard.api.jobs;

import io.stepyard.core.scheduling.ExplainQueue;
import io.stepyard.core.scheduling.ExplainQueue.Explanation;
import io.stepyard.core.scheduling.ExplainQueue.Outlook;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where every waiting job stands and when it would start, worked out once for each explanation and only when somebody asks. */
public final class CachedOutlook {

    private record Entry(Explanation explanation, Map<String, Outlook> outlook) {}

    private final CachedExplanation explanation;
    private final ExplainQueue queue;
    private volatile @Nullable Entry latest;

    public CachedOutlook(CachedExplanation explanation, ExplainQueue queue) {
        this.explanation = explanation;
        this.queue = queue;
    }

    /** The queue at one moment and what is to be expected of it, in the order of the policy. */
    public record Now(Explanation explanation, Map<String, Outlook> outlook) {}

    @SuppressWarnings("ReferenceEquality") // one explanation, not an equal one: comparing a whole queue would cost more
    public Now get() {
        Explanation now = explanation.get();
        Entry last = latest;
        if (last == null || last.explanation() != now) {
            last = new Entry(now, queue.outlook(now));
            latest = last;
        }
        return new Now(last.explanation(), last.outlook());
    }
}
