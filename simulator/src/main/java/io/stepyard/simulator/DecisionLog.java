package io.stepyard.simulator;

import io.stepyard.scheduler.Placement;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes what happened to every job, one line of JSON for each decision and event. */
final class DecisionLog implements SimulationObserver, AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final BufferedWriter writer;
    private final Trace trace;
    private final String policy;

    DecisionLog(Writer writer, Trace trace, String policy) {
        this.writer = new BufferedWriter(writer);
        this.trace = trace;
        this.policy = policy;
    }

    @Override
    public void submitted(int index, long now) {
        write("submitted", index, now, null);
    }

    @Override
    public void placed(int index, Placement placement, long now) {
        write("placed", index, now, placement.cluster());
    }

    @Override
    public void ended(int index, long now) {
        write("ended", index, now, null);
    }

    private void write(String event, int index, long now, @Nullable String cluster) {
        TraceJob job = trace.jobs().get(index);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("at", now);
        line.put("event", event);
        line.put("policy", policy);
        line.put("job", job.number());
        line.put("tenant", job.user());
        if (cluster != null) {
            line.put("cluster", cluster);
            line.put("waitSeconds", now - job.submitSeconds());
            line.put("cpuMillicores", job.cpuMillicores());
            line.put("memoryMib", job.memoryMib());
        }
        try {
            writer.write(JSON.writeValueAsString(line));
            writer.write('\n');
        } catch (IOException failed) {
            throw new UncheckedIOException("Could not write the decisions of " + policy, failed);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
