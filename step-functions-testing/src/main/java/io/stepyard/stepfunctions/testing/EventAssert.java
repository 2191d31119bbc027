package io.stepyard.stepfunctions.testing;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.Json;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions on one event of a history. */
public final class EventAssert extends AbstractAssert<EventAssert, HistoryEvent> {
    private final List<HistoryEvent> history;

    EventAssert(HistoryEvent event, List<HistoryEvent> history) {
        super(event, EventAssert.class);
        this.history = history;
    }

    /** A field of its details has this value: a text, a {@code Long} or a map of texts. */
    public EventAssert has(Detail field, Object value) {
        Assertions.assertThat(actual.details().get(field)).as("%s of %s", field.jsonName(), name()).isEqualTo(value);
        return this;
    }

    /** A field of its details holds this JSON value; the order of fields does not count. */
    public EventAssert hasJson(Detail field, String json) {
        String text = actual.details().text(field);
        Assertions.assertThat(text).as("%s of %s", field.jsonName(), name()).isNotNull();
        Assertions.assertThat(Json.parseOrNull(String.valueOf(text))).as("%s of %s", field.jsonName(), name())
                .isEqualTo(Json.parse(json));
        return this;
    }

    /** It happened so long after the execution began. */
    public EventAssert happenedAfter(Duration sinceStart) {
        Assertions.assertThat(Duration.ofMillis(actual.timestampMillis() - history.getFirst().timestampMillis()))
                .as("time of %s since the start", name()).isEqualTo(sinceStart);
        return this;
    }

    /** The event that led to it, on the same branch, is of this type. */
    public EventAssert follows(String typeName) {
        String found = actual.previousEventId() == 0
                ? "nothing"
                : history.get(Math.toIntExact(actual.previousEventId() - 1)).type().awsName();
        Assertions.assertThat(found).as("what led to %s", name()).isEqualTo(typeName);
        return this;
    }

    private String name() {
        return actual.type().awsName() + " (event " + actual.id() + ")";
    }
}
