package io.stepyard.api.jobs;

import io.stepyard.scheduler.Reason;
import java.util.List;
import java.util.Map;

/** Why each waiting job does not start, the most telling reason first, by jobId. Reads only; nothing is placed by asking. */
@FunctionalInterface
public interface WaitReasons {

    Map<String, List<Reason>> now();
}
