package io.stepyard.scheduler;

import java.util.List;
import java.util.Map;

/**
 * What a pass decided.
 *
 * @param placements in the order of decision
 * @param reasons for every job examined and not placed, by jobId, the most telling reason first
 */
public record PassResult(List<Placement> placements, Map<String, List<Reason>> reasons) {

    public PassResult {
        placements = List.copyOf(placements);
        reasons = Map.copyOf(reasons);
    }
}
