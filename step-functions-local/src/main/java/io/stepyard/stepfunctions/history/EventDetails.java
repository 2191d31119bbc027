package io.stepyard.stepfunctions.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An event's details: a few fields in a fixed order. Immutable. */
public final class EventDetails {
    /** No fields at all. */
    public static final EventDetails NONE = new EventDetails(List.of(), List.of());

    private final List<Detail> fields;
    private final List<Object> values;

    private EventDetails(List<Detail> fields, List<Object> values) {
        this.fields = fields;
        this.values = values;
    }

    /** Details with one field. */
    public static EventDetails of(Detail field, Object value) {
        return new EventDetails(List.of(field), List.of(checked(field, value)));
    }

    /** Details with two fields. */
    public static EventDetails of(Detail first, Object firstValue, Detail second, Object secondValue) {
        return new EventDetails(List.of(first, second),
                List.of(checked(first, firstValue), checked(second, secondValue)));
    }

    /** Collects fields; fields whose value is null are left out. */
    public static Builder builder() {
        return new Builder();
    }

    private static Object checked(Detail field, Object value) {
        boolean fits = switch (field.kind()) {
            case TEXT -> value instanceof String;
            case NUMBER -> value instanceof Long;
            case TEXTS -> value instanceof Map;
        };
        if (!fits) {
            throw new IllegalArgumentException(field + " cannot hold a " + value.getClass().getSimpleName());
        }
        return value;
    }

    /** The same with this field set. */
    public EventDetails with(Detail field, Object value) {
        Builder builder = new Builder();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i) != field) {
                builder.put(fields.get(i), values.get(i));
            }
        }
        return builder.put(field, value).build();
    }

    /** How many fields there are. */
    public int size() {
        return fields.size();
    }

    /** The field at this place, from 0. */
    public Detail field(int place) {
        return fields.get(place);
    }

    /** The value at this place: a {@code String}, a {@code Long} or a {@code Map<String, String>}. */
    public Object value(int place) {
        return values.get(place);
    }

    /** The value of a field, or null where the event has none. */
    public @Nullable Object get(Detail field) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i) == field) {
                return values.get(i);
            }
        }
        return null;
    }

    /** The text of a field, or null where the event has none. */
    public @Nullable String text(Detail field) {
        Object value = get(field);
        return value == null ? null : value.toString();
    }

    /** The number in a field, or null where the event has none. */
    public @Nullable Long number(Detail field) {
        return get(field) instanceof Long number ? number : null;
    }

    /** The named texts in a field, empty where the event has none. */
    @SuppressWarnings("unchecked")
    public Map<String, String> texts(Detail field) {
        return get(field) instanceof Map<?, ?> map ? (Map<String, String>) map : Map.of();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventDetails that && fields.equals(that.fields) && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fields, values);
    }

    /** The names of the fields only: values may carry task tokens. */
    @Override
    public String toString() {
        return "EventDetails" + fields;
    }

    /** Collects the fields of one event. */
    public static final class Builder {
        private final List<Detail> fields = new ArrayList<>(6);
        private final List<Object> values = new ArrayList<>(6);

        private Builder() {}

        /** Adds a field, or nothing where the value is null. */
        public Builder put(Detail field, @Nullable Object value) {
            if (value != null) {
                fields.add(field);
                values.add(checked(field, value));
            }
            return this;
        }

        /** The details collected. */
        public EventDetails build() {
            return fields.isEmpty() ? NONE : new EventDetails(fields, values);
        }
    }
}
