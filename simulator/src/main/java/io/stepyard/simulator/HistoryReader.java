package io.stepyard.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the history of our own jobs: one summary of a job, as the job API gives it, on each line. Jobs that have not run
 * to an end are left out, named and counted.
 */
public final class HistoryReader {

    private static final JsonMapper JSON = new JsonMapper();

    private HistoryReader() {}

    /**
     * @throws InputFault naming file and line when a line is no summary of a job
     * @throws IOException when the file cannot be read
     */
    public static Trace read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        List<TraceJob> jobs = new ArrayList<>();
        Map<String, List<Long>> dropped = new TreeMap<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    read(name, number, line, jobs, dropped);
                }
            }
        }
        if (jobs.isEmpty()) {
            throw new InputFault(name + ": expected jobs that have ended, but found none");
        }
        return new Trace(name, -1, jobs, dropped);
    }

    private static void read(String file, long number, String line, List<TraceJob> jobs,
            Map<String, List<Long>> dropped) {
        try {
            JsonNode node = JSON.readTree(line);
            Instant submitted = instant(node, "submittedAt");
            Instant started = instant(node, "startedAt");
            Instant ended = instant(node, "endedAt");
            if (submitted == null) {
                throw new InputFault("expected submittedAt, but found none");
            }
            if (started == null || ended == null || !ended.isAfter(started)) {
                dropped.computeIfAbsent("has not run to an end", _ -> new ArrayList<>()).add(number);
                return;
            }
            long run = Math.max(1, Duration.between(started, ended).toSeconds());
            long limit = number(node, "timeLimitSeconds");
            jobs.add(new TraceJob(number, submitted.getEpochSecond(), Math.min(run, limit), limit,
                    number(node, "cpuMillicores"), number(node, "memoryMib"),
                    node.hasNonNull("tenant") ? node.get("tenant").asString() : "default",
                    node.hasNonNull("priority") ? node.get("priority").asInt() : 0, Set.of()));
        } catch (JacksonException | DateTimeException | InputFault | IllegalArgumentException bad) {
            InputFault fault = InputFault.at(file, (int) number,
                    "expected a job's summary as one line of JSON, but " + bad.getMessage());
            fault.initCause(bad);
            throw fault;
        }
    }

    private static @Nullable Instant instant(JsonNode node, String field) {
        return node.hasNonNull(field) ? Instant.parse(node.get(field).asString()) : null;
    }

    private static long number(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null || !value.isIntegralNumber() || value.asLong() <= 0) {
            throw new InputFault("expected " + field + " above 0, but found " + value);
        }
        return value.asLong();
    }
}
