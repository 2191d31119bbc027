package io.stepyard.clusters.http;

import io.stepyard.core.cluster.ClusterUnavailable;

/** Makes the exception for an answer that is no answer. */
final class Nonsense {

    private static final int MAX_SHOWN = 120;

    private Nonsense() {}

    static ClusterUnavailable answer(String expected, Reply reply) {
        return new ClusterUnavailable(ClusterUnavailable.Kind.NONSENSE,
                "expected " + expected + ", but found status " + reply.status() + " with " + shown(reply.text()), null);
    }

    static ClusterUnavailable text(String expected, String found) {
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
