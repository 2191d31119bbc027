package io.stepyard.stepfunctions.conformance;

import io.stepyard.stepfunctions.language.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/**
 * What the recorded tests set up beforehand and the recordings do not hold: the objects that a Map reads, the calls before
 * the one that AWS refused. These are inputs of the replay; no result is among them.
 */
record Supplement(JsonNode data) {
    private static final String FILE = "conformance-supplement.json";

    static Supplement load() {
        try (InputStream in = Supplement.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the class path has no " + FILE);
            }
            return new Supplement(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + FILE, unreadable);
        }
    }

    /** The objects that were there, text by key; for all cases of a test. */
    JsonNode objects(String id) {
        return data.path("objects").path(testOf(id));
    }

    /** For one case: {@code before}, and {@code op} and {@code args} where the recording names those of another call. */
    JsonNode call(String id) {
        JsonNode own = data.path("calls").path(id);
        return own.isMissingNode() ? data.path("calls").path(testOf(id)) : own;
    }

    private static String testOf(String id) {
        int end = id.length();
        for (char mark : new char[]{'[', '#'}) {
            int at = id.indexOf(mark);
            end = at < 0 ? end : Math.min(end, at);
        }
        return id.substring(0, end);
    }
}
