package io.stepyard.clusters.call;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param path below the cluster's endpoint, beginning with a slash, encoded
 * @param body JSON text, or null for none
 * @param maxBodyBytes bound of the answer, or 0 for the settings' bound
 */
public record Call(String method, String path, Map<String, String> headers, @Nullable String body, long maxBodyBytes) {

    public Call {
        headers = Map.copyOf(headers);
    }

    public static Call get(String path) {
        return new Call("GET", path, Map.of(), null, 0);
    }

    public static Call of(String method, String path, @Nullable String body) {
        return new Call(method, path, Map.of(), body, 0);
    }

    /** The same with further headers. */
    public Call with(Map<String, String> more) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.putAll(more);
        return new Call(method, path, all, body, maxBodyBytes);
    }

    /** The same for an answer of another size. */
    public Call answeredWithin(long bytes) {
        return new Call(method, path, headers, body, bytes);
    }

    /** For messages: headers and body may hold what nobody should read. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
