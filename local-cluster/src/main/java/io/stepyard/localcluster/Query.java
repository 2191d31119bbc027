package io.stepyard.localcluster;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads query parameters and path segments. */
final class Query {

    private Query() {}

    static Map<String, String> parse(@Nullable String rawQuery) {
        Map<String, String> values = new HashMap<>();
        if (rawQuery != null) {
            for (String pair : rawQuery.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    values.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
                }
            }
        }
        return values;
    }

    /** @throws IllegalArgumentException when the percent encoding is broken */
    static String decode(String encoded) {
        // In a path a plus is a plus.
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /**
     * A number within bounds; one outside is moved to the nearer bound.
     *
     * @throws IllegalArgumentException when it is no number
     */
    static long number(Map<String, String> query, String name, long otherwise, long least, long most) {
        String text = query.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return Math.clamp(Long.parseLong(text), least, most);
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(name + ": expected a whole number, but found '" + text + "'", noNumber);
        }
    }
}
