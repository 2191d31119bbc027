package io.stepyard.core.store;

import io.stepyard.model.lifecycle.JobState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list.
 *
 * @param states only these; empty means any
 * @param tenant only this tenant's, or null
 * @param limit 1 to {@value #MAX_LIMIT}
 * @param cursor from the page before, or null for the first
 */
public record RunQuery(Set<JobState> states, @Nullable String tenant, int limit, @Nullable String cursor) {

    public static final int MAX_LIMIT = 1000;

    public RunQuery {
        states = Set.copyOf(states);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("Expected a limit from 1 to " + MAX_LIMIT + ", but found " + limit);
        }
    }
}
