package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.interpreter.Execution;
import io.stepyard.stepfunctions.language.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The runs of distributed Maps: what the histories of their executions and their child executions say of them. */
public final class MapRunApi {
    private final EngineLoop loop;
    private final EngineCore core;
    private final ExecutionQueries queries;

    MapRunApi(EngineLoop loop, EngineCore core, ExecutionQueries queries) {
        this.loop = loop;
        this.core = core;
        this.queries = queries;
    }

    /** What one history says of one run. */
    private static final class Trace {
        private final HistoryEvent started;
        private @Nullable HistoryEvent ended;
        private @Nullable HistoryEvent redriven;
        private int redrives;

        private Trace(HistoryEvent started) {
            this.started = started;
        }

        private String arn() {
            String arn = started.details().text(Detail.MAP_RUN_ARN);
            return arn == null ? "" : arn;
        }
    }

    /** The runs of an execution, oldest first. */
    public List<MapRunDescription> list(String executionArn) {
        return loop.ask(() -> {
            ExecutionEntry entry = queries.required(executionArn);
            return traces(entry).stream().map(trace -> describe(entry, trace)).toList();
        });
    }

    /** A run by its ARN; refuses with ResourceNotFound where there is none. */
    public MapRunDescription describe(String mapRunArn) {
        return loop.ask(() -> {
            ExecutionEntry entry = required(mapRunArn);
            return describe(entry, trace(entry, mapRunArn));
        });
    }

    /** The child executions of a run, newest first. */
    List<ExecutionEntry> children(String mapRunArn) {
        ExecutionEntry entry = required(mapRunArn);
        List<ExecutionEntry> children = new ArrayList<>(
                core.children().inOrder(entry, trace(entry, mapRunArn).started.id()));
        children.sort(Comparator.comparingLong(ExecutionEntry::number).reversed());
        return children;
    }

    private ExecutionEntry required(String mapRunArn) {
        Arns.check(mapRunArn);
        int slash = mapRunArn.indexOf('/');
        StateMachine machine = slash < 0 || !mapRunArn.contains(":mapRun:")
                ? null
                : core.catalog().findEvenDeleted(mapRunArn.substring(0, slash).replace(":mapRun:", ":stateMachine:"));
        if (slash < 0 || !mapRunArn.contains(":mapRun:")) {
            throw new StepFunctionsException(ErrorCode.InvalidArn,
                    "Invalid Arn: 'Resource type not valid in this context: " + mapRunArn + "'");
        }
        if (machine != null) {
            for (ExecutionEntry entry : machine.executions().reversed()) {
                if (traces(entry).stream().anyMatch(trace -> trace.arn().equals(mapRunArn))) {
                    return entry;
                }
            }
        }
        throw new StepFunctionsException(ErrorCode.ResourceNotFound, "Map Run does not exist: '" + mapRunArn + "'");
    }

    private Trace trace(ExecutionEntry entry, String mapRunArn) {
        return traces(entry).stream().filter(trace -> trace.arn().equals(mapRunArn)).findFirst().orElseThrow();
    }

    private List<Trace> traces(ExecutionEntry entry) {
        List<Trace> traces = new ArrayList<>();
        for (HistoryEvent event : core.reader().whole(entry.lastPosition())) {
            if (event.type() == EventType.MAP_RUN_STARTED) {
                traces.add(new Trace(event));
            } else if (event.type() == EventType.MAP_RUN_REDRIVEN) {
                traces.stream().filter(trace -> trace.arn().equals(event.details().text(Detail.MAP_RUN_ARN)))
                        .forEach(trace -> {
                            trace.redrives++;
                            trace.redriven = event;
                            trace.ended = null;
                        });
            } else if (event.type() == EventType.MAP_RUN_SUCCEEDED || event.type() == EventType.MAP_RUN_FAILED) {
                traces.stream().filter(trace -> follows(event, trace)).forEach(trace -> trace.ended = event);
            }
        }
        return traces;
    }

    /** The end of a run follows its start or its last redrive. */
    private static boolean follows(HistoryEvent end, Trace trace) {
        HistoryEvent begin = trace.redriven == null ? trace.started : trace.redriven;
        return trace.ended == null && end.previousEventId() == begin.id();
    }

    private MapRunDescription describe(ExecutionEntry entry, Trace trace) {
        HistoryEvent ended = trace.ended;
        Map<String, String> limits = trace.started.details().texts(Detail.MAP_RUN_FIGURES);
        ExecutionStatus status = ended == null
                ? entry.isOpen() ? ExecutionStatus.RUNNING : ExecutionStatus.ABORTED
                : ended.type() == EventType.MAP_RUN_SUCCEEDED ? ExecutionStatus.SUCCEEDED : ExecutionStatus.FAILED;
        Instant stop = status == ExecutionStatus.RUNNING
                ? null
                : ended == null ? Instant.ofEpochMilli(entry.stopMillis()) : ended.timestamp();
        List<ExecutionEntry> children = core.children().inOrder(entry, trace.started.id());
        Map<String, String> size = ended == null ? size(entry, trace) : ended.details().texts(Detail.MAP_RUN_FIGURES);
        String label = core.children().labelOf(trace.arn());
        return new MapRunDescription(trace.arn(), entry.arn(), entry.machine().arn() + "/" + label, status,
                trace.started.timestamp(), stop, number(limits, "maxConcurrency"),
                number(limits, "toleratedFailureCount"),
                Double.parseDouble(limits.getOrDefault("toleratedFailurePercentage", "0")),
                counts(children, number(size, "items"), true), counts(children, number(size, "executions"), false),
                trace.redrives, trace.redriven == null ? null : trace.redriven.timestamp());
    }

    /** How much a run that goes on has to do; only the execution itself knows. */
    private Map<String, String> size(ExecutionEntry entry, Trace trace) {
        Execution live = entry.live();
        return live == null ? Map.of() : live.mapRunSize(trace.started.id());
    }

    private static long number(Map<String, String> figures, String name) {
        return Long.parseLong(figures.getOrDefault(name, "0"));
    }

    private MapRunDescription.Counts counts(List<ExecutionEntry> children, long total, boolean items) {
        Map<ExecutionStatus, Long> by = new EnumMap<>(ExecutionStatus.class);
        long known = 0;
        for (ExecutionEntry child : children) {
            long weight = items ? itemsOf(child) : 1;
            by.merge(child.status(), weight, Long::sum);
            known += weight;
        }
        return new MapRunDescription.Counts(Math.max(0, total - known), of(by, ExecutionStatus.RUNNING),
                of(by, ExecutionStatus.SUCCEEDED), of(by, ExecutionStatus.FAILED), of(by, ExecutionStatus.TIMED_OUT),
                of(by, ExecutionStatus.ABORTED), 0);
    }

    private static long of(Map<ExecutionStatus, Long> counts, ExecutionStatus status) {
        return counts.getOrDefault(status, 0L);
    }

    /** A child has one item, or those of its batch. */
    private long itemsOf(ExecutionEntry child) {
        Records.Parent parent = child.parent();
        String input = core.reader().batch(child.firstPosition()).getFirst().details().text(Detail.INPUT);
        JsonNode items = input == null || parent == null
                || !child.revision().parsed().batches(parent.mapState())
                        ? null
                        : Json.parse(input).get("Items");
        return items == null ? 1 : items.size();
    }
}
