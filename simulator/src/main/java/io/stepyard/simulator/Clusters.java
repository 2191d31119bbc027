package io.stepyard.simulator;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot;
import io.stepyard.scheduler.ClusterSnapshot.Availability;
import java.util.List;
import java.util.Map;

/** The clusters a simulation places jobs on. */
public final class Clusters {

    /** Memory of a machine whose log does not speak of memory: more than anybody asks for. */
    private static final long PLENTY_MIB = 1L << 50;

    private Clusters() {}

    /** The one machine a log was taken from, by the processors its header states. */
    public static List<ClusterSnapshot> ofLog(Trace trace) {
        if (trace.processors() <= 0) {
            throw new InputFault(trace.name()
                    + ": expected MaxProcs or MaxNodes in the header, but found neither; give a file of clusters");
        }
        return List.of(cluster("machine", trace.processors() * 1000, PLENTY_MIB, Map.of()));
    }

    static ClusterSnapshot cluster(String name, long cpuMillicores, long memoryMib, Map<String, String> labels) {
        Resources all = new Resources(cpuMillicores, memoryMib);
        return new ClusterSnapshot(name, all, all, labels, Availability.OPEN);
    }

    /** Cores of all of them together. */
    public static long cores(List<ClusterSnapshot> clusters) {
        return clusters.stream().mapToLong(cluster -> cluster.capacity().cpuMillicores()).sum() / 1000;
    }
}
