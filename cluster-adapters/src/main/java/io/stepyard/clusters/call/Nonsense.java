package io.stepyard.clusters.call;

import io.stepyard.core.cluster.ClusterUnavailable;

/** Makes the exception for an answer that is no answer. */
public final class Nonsense {

    private static final int MAX_SHOWN = 120;

    private Nonsense() {}

    public static ClusterUnavailable answer(String expected, Reply reply) {
        return new ClusterUnavailable(ClusterUnavailable.Kind.NONSENSE,
                "expected " + expected + ", but found status " + reply.status() + " with " + shown(reply.text()), null);
    }

    public static ClusterUnavailable text(String expected, String found) {
        return new ClusterUnavailable(ClusterUnavailable.Kind.NONSENSE,
                "expected " + expected + ", but found " + shown(found),
                null);
    }

    private static String shown(String found) {
        String line = found.replaceAll("\\s+", " ").strip();
        if (line.isEmpty()) {
            return "nothing";
        }
        return "'" + (line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "…") + "'";
    }
}
