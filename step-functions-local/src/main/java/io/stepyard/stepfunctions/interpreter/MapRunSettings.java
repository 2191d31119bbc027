package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.EventDetails;
import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.ErrorNames;
import io.stepyard.stepfunctions.language.EvaluationException;
import io.stepyard.stepfunctions.language.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A Map state in DISTRIBUTED mode: each item, or batch of items, is a child execution with a history of its own. */
record MapRunSettings(@Nullable String label, @Nullable ItemReader reader, @Nullable ItemBatcher batcher,
        @Nullable ResultWriter writer, NumberField toleratedCount, NumberField toleratedPercentage) {
    /** Children that run at once where the state sets no limit, or a higher one. */
    private static final long MOST_CHILDREN = 1_000;

    static MapRunSettings parse(ObjectNode state, boolean jsonata) {
        JsonNode label = state.get("Label");
        return new MapRunSettings(label == null ? null : label.asString(), ItemReader.parse(state, jsonata),
                ItemBatcher.parse(state, jsonata), ResultWriter.parse(state, jsonata),
                NumberField.parse(state, "ToleratedFailureCount"),
                NumberField.parse(state, "ToleratedFailurePercentage"));
    }

    Transition start(Frame frame, MapState map, List<MapItem> values, long limit) {
        JsonNode input = map.flow().effectiveInput(frame);
        MapRun.Tolerance tolerance = tolerance(frame, input);
        Execution execution = frame.execution();
        String arn = execution.host().mapRunArn(execution, label);
        EventDetails details = EventDetails.of(Detail.MAP_RUN_ARN, arn, Detail.MAP_RUN_FIGURES,
                tolerance.figures(map.maxConcurrency().evaluate(frame, input)));
        long started = execution.emit(frame, EventType.MAP_RUN_STARTED, details);
        frame.mapRun(new MapRun(started, arn, Math.min(limit, MOST_CHILDREN), tolerance));
        return begin(frame, map, values);
    }

    private MapRun.Tolerance tolerance(Frame frame, JsonNode input) {
        Long count = toleratedCount.evaluate(frame, input);
        Double percentage = toleratedPercentage.evaluateFraction(frame, input);
        if (count != null && count < 0) {
            throw EvaluationException.runtime("ToleratedFailureCount cannot be negative.");
        }
        if (percentage != null && (percentage < 0 || percentage > 100)) {
            throw EvaluationException.runtime("ToleratedFailurePercentage must be between 0 and 100.");
        }
        return new MapRun.Tolerance(count, percentage);
    }

    private Transition begin(Frame frame, MapState map, List<MapItem> values) {
        MapRun run = running(frame);
        Execution execution = frame.execution();
        execution.openMapRun(run.startedEventId(), frame);
        if (reader == null) {
            return runChildren(frame, map, values);
        }
        JsonNode input = map.flow().effectiveInput(frame);
        try {
            reader.limit(frame, input);
        } catch (StateFailure refused) {
            throw failed(frame, refused);
        }
        execution.openTask(run.startedEventId(), frame);
        execution.host().call(execution, new TaskCall(execution.info().arn(), map.name(), run.startedEventId(),
                reader.resource(), reader.arguments().payload(frame), null, null));
        return Transition.Suspended.INSTANCE;
    }

    /** The reader or the writer came back. */
    Transition returned(Frame frame, MapState map, TaskOutcome outcome) {
        MapRun run = running(frame);
        frame.execution().closeTask(run.startedEventId());
        boolean writing = run.writing();
        return switch (outcome) {
            case TaskOutcome.Pending() -> Transition.Suspended.INSTANCE;
            case TaskOutcome.Failed(String error, String cause) -> throw failed(frame,
                    new StateFailure(writing ? ErrorNames.RESULT_WRITER_FAILED : ErrorNames.ITEM_READER_FAILED, cause));
            case TaskOutcome.Succeeded(JsonNode output) -> writing
                    ? finish(frame, map, output)
                    : runChildren(frame, map, read(frame, map, output));
        };
    }

    private List<MapItem> read(Frame frame, MapState map, JsonNode output) {
        if (reader == null) {
            return List.of();
        }
        try {
            return reader.items(frame, map.flow().effectiveInput(frame), output);
        } catch (StateFailure refused) {
            throw failed(frame, refused);
        }
    }

    /** The input of each iteration, before they are put into batches. */
    static List<JsonNode> selected(Frame frame, MapState map, List<MapItem> values) {
        JsonNode input = map.flow().effectiveInput(frame);
        List<JsonNode> selected = new ArrayList<>(values.size());
        try {
            for (int i = 0; i < values.size(); i++) {
                frame.selecting(values.get(i).context(i));
                selected.add(map.items().select(frame, input, values.get(i)));
            }
        } finally {
            frame.selecting(null);
        }
        return selected;
    }

    private Transition runChildren(Frame frame, MapState map, List<MapItem> values) {
        MapRun run = running(frame);
        List<JsonNode> selected = selected(frame, map, values);
        run.inputs(batcher == null
                ? selected
                : batcher.batches(frame, map.flow().effectiveInput(frame), selected), selected.size());
        Execution execution = frame.execution();
        execution.host().children(execution, run.startedEventId(), run.redriven()).forEach(run::found);
        return proceed(frame, map);
    }

    Transition childEnded(Frame frame, MapState map, int index, ChildOutcome outcome) {
        running(frame).ended(index, outcome);
        return proceed(frame, map);
    }

    private Transition proceed(Frame frame, MapState map) {
        MapRun run = running(frame);
        Execution execution = frame.execution();
        if (!run.bearsFailures()) {
            throw failed(frame, new StateFailure(ErrorNames.EXCEED_TOLERATED_FAILURE_THRESHOLD,
                    "The specified tolerated failure threshold was exceeded"));
        }
        for (int index = run.startNext(); index >= 0; index = run.startNext()) {
            execution.host().startChild(execution, run.startedEventId(), index, map.name(),
                    Json.text(run.input(index)));
        }
        if (!run.allOver()) {
            return Transition.Suspended.INSTANCE;
        }
        if (writer == null) {
            return finish(frame, map, run.outputs());
        }
        run.beginWriting();
        execution.openTask(run.startedEventId(), frame);
        execution.host().call(execution, writer.call(frame, run));
        return Transition.Suspended.INSTANCE;
    }

    private Transition finish(Frame frame, MapState map, JsonNode result) {
        MapRun run = running(frame);
        Execution execution = frame.execution();
        execution.closeMapRun(run.startedEventId());
        long ended = execution.emitAside(frame.lastEventId(), EventType.MAP_RUN_SUCCEEDED,
                EventDetails.of(Detail.MAP_RUN_FIGURES, run.size()));
        if (!execution.host().serviceDate().mapExitFollowsRunStart()) {
            frame.lastEventId(ended);
        }
        JsonNode output = writer == null ? result : writer.details(frame, run);
        frame.mapRun(null);
        return map.succeeded(frame, output, ended);
    }

    private static StateFailure failed(Frame frame, StateFailure failure) {
        frame.execution().emit(frame, EventType.MAP_RUN_FAILED, EventDetails.builder()
                .put(Detail.CAUSE, failure.cause()).put(Detail.ERROR, failure.error())
                .put(Detail.MAP_RUN_FIGURES, running(frame).size()).build());
        giveUp(frame);
        return failure;
    }

    static void giveUp(Frame frame) {
        MapRun run = frame.mapRun();
        if (run != null) {
            Execution execution = frame.execution();
            execution.closeTask(run.startedEventId());
            execution.closeMapRun(run.startedEventId());
            execution.host().abortChildren(execution, run.startedEventId());
            frame.mapRun(null);
        }
    }

    /** The event that started the run these events tell of, or null where it had not begun. */
    static @Nullable HistoryEvent startedIn(List<HistoryEvent> since) {
        return since.reversed().stream().filter(event -> event.type() == EventType.MAP_RUN_STARTED).findFirst()
                .orElse(null);
    }

    /** Takes the run up after a restart. */
    Transition resume(Frame frame, MapState map, List<HistoryEvent> since, long limit) {
        return goOn(frame, map, since, limit, since.getLast().type() == EventType.MAP_RUN_REDRIVEN);
    }

    /** Lets the run go on: its children that did not succeed run once more. */
    Transition redrive(Frame frame, MapState map, List<HistoryEvent> since, long limit) {
        HistoryEvent started = started(since);
        String arn = started.details().text(Detail.MAP_RUN_ARN);
        long before = since.stream().filter(event -> event.id() > started.id()
                && event.type() == EventType.MAP_RUN_REDRIVEN).count();
        frame.execution().emit(frame, EventType.MAP_RUN_REDRIVEN,
                EventDetails.builder().put(Detail.MAP_RUN_ARN, arn).put(Detail.REDRIVE_COUNT, before + 1).build());
        return goOn(frame, map, since, limit, true);
    }

    private Transition goOn(Frame frame, MapState map, List<HistoryEvent> since, long limit, boolean redriven) {
        HistoryEvent started = started(since);
        String arn = started.details().text(Detail.MAP_RUN_ARN);
        JsonNode input = map.flow().effectiveInput(frame);
        MapRun run = new MapRun(started.id(), arn == null ? "" : arn, Math.min(limit, MOST_CHILDREN),
                tolerance(frame, input));
        if (redriven) {
            run.redrive();
        }
        frame.branches(null);
        frame.mapRun(run);
        return begin(frame, map, map.items().of(frame, input));
    }

    private static HistoryEvent started(List<HistoryEvent> since) {
        HistoryEvent started = startedIn(since);
        if (started == null) {
            throw new IllegalStateException("the history has no start of a map run");
        }
        return started;
    }

    private static MapRun running(Frame frame) {
        MapRun run = frame.mapRun();
        if (run == null) {
            throw new IllegalStateException("state '" + frame.state().name() + "' has no map run");
        }
        return run;
    }
}
