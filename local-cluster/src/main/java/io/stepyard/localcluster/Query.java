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

    /** @throws IllegalArgumentException when it is no whole number within the bounds */
    static long number(Map<String, String> query, String name, long otherwise, long least, long most) {
        String text = query.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(expected(name, least, most, text), noNumber);
        }
        throw new IllegalArgumentException(expected(name, least, most, text));
    }

    private static String expected(String name, long least, long most, String found) {
        String bounds = most == Long.MAX_VALUE ? "of " + least + " or more" : "from " + least + " to " + most;
        return name + ": expected a whole number " + bounds + ", but found '" + found + "'";
    }
}
