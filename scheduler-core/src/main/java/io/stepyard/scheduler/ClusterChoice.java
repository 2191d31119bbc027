package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;

/** Which of several clusters with room a job goes to: the lowest score wins, equal scores go by name. */
@FunctionalInterface
interface ClusterChoice {

    double score(ClusterState cluster, Resources resources);

    /** The cluster left fullest, so that large holes stay large. */
    static ClusterChoice bestFit() {
        return (cluster, resources) -> left(cluster.free().cpuMillicores(), resources.cpuMillicores(),
                cluster.snapshot().capacity().cpuMillicores())
                + left(cluster.free().memoryMib(), resources.memoryMib(), cluster.snapshot().capacity().memoryMib());
    }

    private static double left(long free, long asked, long capacity) {
        return capacity == 0 ? 0 : (double) (free - asked) / capacity;
    }
}
