package io.stepyard.stepfunctions.testing;

import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.history.HistoryEvent;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions on a history, oldest event first. */
public final class HistoryAssert extends AbstractAssert<HistoryAssert, List<HistoryEvent>> {

    HistoryAssert(List<HistoryEvent> events) {
        super(events, HistoryAssert.class);
    }

    static List<String> types(List<HistoryEvent> events) {
        return events.stream().map(event -> event.type().awsName()).toList();
    }

    /** These events in this order, and no others, by AWS's names such as {@code TaskScheduled}. */
    public HistoryAssert hasExactly(String... typeNames) {
        known(typeNames);
        Assertions.assertThat(types(actual)).as("the history").containsExactly(typeNames);
        return this;
    }

    /** These events in this order, perhaps with others between them. */
    public HistoryAssert hasInOrder(String... typeNames) {
        known(typeNames);
        Assertions.assertThat(types(actual)).as("the history").containsSubsequence(typeNames);
        return this;
    }

    /** So many events of a type. */
    public HistoryAssert hasCount(int count, String typeName) {
        known(typeName);
        Assertions.assertThat(types(actual)).as("events %s in the history", typeName)
                .filteredOn(typeName::equals).hasSize(count);
        return this;
    }

    /** No event of these types. */
    public HistoryAssert hasNo(String... typeNames) {
        known(typeNames);
        Assertions.assertThat(types(actual)).as("the history").doesNotContain(typeNames);
        return this;
    }

    /** Ids go up from 1 without gaps, and time never goes back. */
    public HistoryAssert isGapless() {
        long time = Long.MIN_VALUE;
        for (int i = 0; i < actual.size(); i++) {
            HistoryEvent event = actual.get(i);
            Assertions.assertThat(event.id()).as("id of event %d of %d", i + 1, actual.size()).isEqualTo(i + 1L);
            Assertions.assertThat(event.timestampMillis()).as("time of event %d", i + 1).isGreaterThanOrEqualTo(time);
            time = event.timestampMillis();
        }
        return this;
    }

    /** Goes on with the first event of a type. */
    public EventAssert first(String typeName) {
        return nth(1, typeName);
    }

    /** Goes on with the nth event of a type, from 1. */
    public EventAssert nth(int n, String typeName) {
        known(typeName);
        List<HistoryEvent> found = actual.stream().filter(event -> event.type().awsName().equals(typeName)).toList();
        if (found.size() < n) {
            throw failure("Expected at least %s events %s, but found %s in %s", n, typeName, found.size(),
                    types(actual));
        }
        return new EventAssert(found.get(n - 1), actual);
    }

    /** A name that AWS does not have would make "there is none" true for ever. */
    private static void known(String... typeNames) {
        for (String name : typeNames) {
            EventType.named(name);
        }
    }
}
