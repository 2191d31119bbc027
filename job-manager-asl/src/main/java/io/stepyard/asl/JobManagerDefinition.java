package io.stepyard.asl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shipped job manager, {@code job-manager.asl.json}, with its placeholders bound. */
public final class JobManagerDefinition {

    public static final String RESOURCE = "/io/stepyard/asl/job-manager.asl.json";
    public static final String STATE_MACHINE_NAME = "stepyard-job-manager";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z]+)}");

    private JobManagerDefinition() {}

    /** The file as it is shipped, placeholders and all. */
    public static String template() {
        try (InputStream in = Objects.requireNonNull(JobManagerDefinition.class.getResourceAsStream(RESOURCE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException when a placeholder has no value or a value has no placeholder */
    public static String bind(Map<String, String> values) {
        Map<String, String> unused = new TreeMap<>(values);
        Matcher matcher = PLACEHOLDER.matcher(template());
        String bound = matcher.replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalArgumentException("Expected a value for ${" + place.group(1) + "}, but found none");
            }
            unused.remove(place.group(1));
            return Matcher.quoteReplacement(value);
        });
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("Expected only values with a placeholder, but found " + unused.keySet());
        }
        return bound;
    }
}
