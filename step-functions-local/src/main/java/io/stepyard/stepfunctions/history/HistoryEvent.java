package io.stepyard.stepfunctions.history;

import java.time.Instant;

/**
 * One event of an execution's history.
 *
 * @param id
 *            from 1, without gaps within one execution
 * @param previousEventId
 *            the event that led to this one on the same branch; 0 for the first
 * @param type
 *            what happened
 * @param timestampMillis
 *            when, in milliseconds since the epoch
 * @param details
 *            what AWS puts into the details object of this type
 */
public record HistoryEvent(long id, long previousEventId, EventType type, long timestampMillis, EventDetails details) {
    public HistoryEvent {
        if (id < 1 || previousEventId < 0 || previousEventId >= id) {
            throw new IllegalArgumentException("event " + id + " cannot follow event " + previousEventId);
        }
    }

    /** When it happened. */
    public Instant timestamp() {
        return Instant.ofEpochMilli(timestampMillis);
    }
}
