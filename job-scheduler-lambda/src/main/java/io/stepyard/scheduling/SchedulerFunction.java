package io.stepyard.scheduling;

import io.stepyard.core.scheduling.ScheduleTick;
import io.stepyard.core.scheduling.TickReport;
import io.stepyard.function.Events;
import io.stepyard.function.JobFunction;
import tools.jackson.databind.JsonNode;

/** Event: anything; a tick and a kick look alike. Reply: the {@link TickReport}. The queue is given free at the end of each call. */
public final class SchedulerFunction implements JobFunction {

    private final ScheduleTick tick;

    public SchedulerFunction(ScheduleTick tick) {
        this.tick = tick;
    }

    @Override
    public JsonNode handle(JsonNode event) {
        TickReport report = tick.tick();
        if (report.ranPass()) {
            tick.release();
        }
        return Events.MAPPER.valueToTree(report);
    }
}
