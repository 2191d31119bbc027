package io.stepyard.scheduler;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pass decided.
 *
 * @param placements in the order of decision
 * @param reasons for every job examined and not placed, by jobId in queue order, the most telling reason
 *        first
 * @param plannedStarts of the jobs that hold a reservation, in queue order
 */
public record PassResult(List<Placement> placements, Map<String, List<Reason>> reasons,
        List<PlannedStart> plannedStarts) {

    public PassResult {
        placements = List.copyOf(placements);
        // Not Map.copyOf: its order differs from one JVM to the next, and equal input must give equal bytes.
        reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
        plannedStarts = List.copyOf(plannedStarts);
    }

    public PassResult(List<Placement> placements, Map<String, List<Reason>> reasons) {
        this(placements, reasons, List.of());
    }
}
