package io.stepyard.simulator;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.Placement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Counts placements made while a job of higher priority, which would have fitted in that place, was left waiting. */
final class InversionCounter implements SimulationObserver {

    private final TreeMap<Integer, Set<Integer>> waiting = new TreeMap<>();
    private final List<Placed> placedNow = new ArrayList<>();
    private Trace trace = new Trace("", -1, List.of(), Map.of());
    private Function<String, Resources> free = _ -> Resources.NONE;
    private long inversions;

    long inversions() {
        return inversions;
    }

    @Override
    public void begin(Trace begun, Function<String, Resources> freeOn) {
        trace = begun;
        free = freeOn;
    }

    @Override
    public void submitted(int index, long now) {
        waiting.computeIfAbsent(trace.jobs().get(index).priority(), _ -> new HashSet<>()).add(index);
    }

    @Override
    public void placed(int index, Placement placement, long now) {
        Set<Integer> alike = waiting.get(trace.jobs().get(index).priority());
        if (alike != null) {
            alike.remove(index);
        }
        placedNow.add(new Placed(trace.jobs().get(index).priority(), placement));
    }

    @Override
    public void passed(long now, int stillWaiting) {
        for (Placed placed : placedNow) {
            Placement placement = placed.placement();
            Resources room = free.apply(placement.cluster()).plus(placement.resources());
            if (waiting.tailMap(placed.priority(), false).values().stream().flatMap(Collection::stream)
                    .anyMatch(index -> wouldFit(trace.jobs().get(index), placement.cluster(), room))) {
                inversions++;
            }
        }
        placedNow.clear();
    }

    private record Placed(int priority, Placement placement) {}

    private static boolean wouldFit(TraceJob job, String cluster, Resources room) {
        return (job.clusters().isEmpty() || job.clusters().contains(cluster))
                && new Resources(job.cpuMillicores(), job.memoryMib()).fitsWithin(room);
    }
}
