package io.stepyard.function;

import io.stepyard.model.job.DurationText;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings by name, from wherever the host keeps them. Names are as in {@code stepyard.poll-wait}; in environment variables that is
 * {@code STEPYARD_POLL_WAIT}.
 */
public final class FunctionSettings {

    private final Function<String, @Nullable String> source;

    public FunctionSettings(Function<String, @Nullable String> source) {
        this.source = source;
    }

    /** Settings from environment variables. */
    public static FunctionSettings ofEnvironment(Map<String, String> environment) {
        return new FunctionSettings(
                name -> environment.get(name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')));
    }

    public String text(String name, String fallback) {
        String value = source.apply(name);
        return value == null || value.isBlank() ? fallback : value;
    }

    /** @throws IllegalArgumentException when it is not set */
    public String required(String name) {
        String value = text(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("Expected a value for the setting " + name + ", but found none");
        }
        return value;
    }

    /** @throws IllegalArgumentException when it is set to something that is no duration */
    public Duration duration(String name, Duration fallback) {
        String value = text(name, "");
        return value.isEmpty() ? fallback : explained(name, value, DurationText::parse);
    }

    /** @throws IllegalArgumentException when it is set to something that is no whole number */
    public int whole(String name, int fallback) {
        String value = text(name, "");
        return value.isEmpty() ? fallback : explained(name, value, Integer::parseInt);
    }

    /** @throws IllegalArgumentException when it is set to something that is no number */
    public double number(String name, double fallback) {
        String value = text(name, "");
        return value.isEmpty() ? fallback : explained(name, value, Double::parseDouble);
    }

    private static <T> T explained(String name, String value, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Setting " + name + ": found '" + value + "'; " + e.getMessage(), e);
        }
    }
}
