package io.stepyard.local;

import io.stepyard.model.resource.Resources;
import java.util.List;
import java.util.Map;

/**
 * A cluster that the runtime runs as a process of its own.
 *
 * @param port 0 for any free one
 */
record ClusterPlan(String name, Resources capacity, int port, Map<String, String> labels) {

    /** What runs when nobody says otherwise. */
    static final List<ClusterPlan> DEFAULT = List.of(
            new ClusterPlan("zurich", Resources.ofCores(4, 8192), 8091, Map.of("zone", "eu", "site", "zurich")),
            new ClusterPlan("geneva", Resources.ofCores(4, 8192), 8092, Map.of("zone", "eu", "site", "geneva")));

    ClusterPlan {
        labels = Map.copyOf(labels);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new IllegalArgumentException(
                    "Expected a cluster name of letters, digits, '.', '_' or '-', but found '" + name + "'");
        }
        if (capacity.cpuMillicores() == 0 || capacity.memoryMib() == 0) {
            throw new IllegalArgumentException(
                    "Expected cluster " + name + " to have cpu and memory above 0, but found " + capacity);
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "Expected cluster " + name + " to have a port from 0 to 65535, but found " + port);
        }
    }
}
