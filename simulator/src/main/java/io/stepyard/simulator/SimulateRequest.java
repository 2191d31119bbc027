package io.stepyard.simulator;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks of the simulator.
 *
 * @param trace a log ({@code .swf}, {@code .swf.gz}) or the history of our own jobs ({@code .jsonl}); null to generate one
 * @param generator what to generate when there is no trace
 * @param clusters a file of clusters; null takes the machine that the log's header states
 * @param policies by the names that configuration uses; queue orders in sequence mode
 * @param mode {@code per-timestamp}, {@code per-event}, {@code per-event-that-fits} or {@code sequence}
 * @param prediction {@code request}, {@code exact}, {@code double-request} or {@code last-two}
 * @param correction {@code request}, {@code steps} or {@code double}
 * @param output a folder for plots and decisions; null writes none
 * @param progress whether to draw how far it has come
 */
public record SimulateRequest(@Nullable Path trace, @Nullable WorkloadGenerator generator, @Nullable Path clusters,
        List<String> policies, String mode, String prediction, String correction, @Nullable Path output,
        boolean progress) {

    public SimulateRequest {
        policies = List.copyOf(policies);
        if (policies.isEmpty()) {
            throw new InputFault("expected at least one policy, but found none");
        }
        if (trace == null && generator == null) {
            throw new InputFault("expected a trace or a workload to generate, but found neither");
        }
    }

    /** A trace on its own machine, compared by policies, with the defaults for everything else. */
    public static SimulateRequest of(Path trace, List<String> policies) {
        return new SimulateRequest(trace, null, null, policies, "per-timestamp", "request", "request", null, false);
    }
}
