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

    Transition start(Frame frame, MapState map, MapItems items, List<JsonNode> values, long limit) {
        JsonNode input = map.flow().effectiveInput(frame);
        MapRun.Tolerance tolerance = tolerance(frame, input);
        Execution execution = frame.execution();
        String arn = execution.host().mapRunArn(execution, label);
        long started = execution.emit(frame, EventType.MAP_RUN_STARTED, EventDetails.of(Detail.MAP_RUN_ARN, arn));
        frame.mapRun(new MapRun(started, arn, Math.min(limit, MOST_CHILDREN), tolerance));
        return begin(frame, map, items, values);
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

    private Transition begin(Frame frame, MapState map, MapItems items, List<JsonNode> values) {
        MapRun run = running(frame);
        Execution execution = frame.execution();
        execution.openMapRun(run.startedEventId(), frame);
        if (reader == null) {
            return runChildren(frame, map, items, values);
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
    Transition returned(Frame frame, MapState map, MapItems items, TaskOutcome outcome) {
        MapRun run = running(frame);
        frame.execution().closeTask(run.startedEventId());
        boolean writing = run.writing();
        return switch (outcome) {
            case TaskOutcome.Pending() -> Transition.Suspended.INSTANCE;
            case TaskOutcome.Failed(String error, String cause) -> throw failed(frame,
                    new StateFailure(writing ? ErrorNames.RESULT_WRITER_FAILED : ErrorNames.ITEM_READER_FAILED, cause));
            case TaskOutcome.Succeeded(JsonNode output) -> writing
                    ? finish(frame, map, output)
                    : runChildren(frame, map, items, read(frame, map, output));
        };
    }

    private List<JsonNode> read(Frame frame, MapState map, JsonNode output) {
        if (reader == null) {
            return List.of();
        }
        try {
            return reader.items(frame, map.flow().effectiveInput(frame), output);
        } catch (StateFailure refused) {
            throw failed(frame, refused);
        }
    }

    private Transition runChildren(Frame frame, MapState map, MapItems items, List<JsonNode> values) {
        MapRun run = running(frame);
        JsonNode input = map.flow().effectiveInput(frame);
        List<JsonNode> selected = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            frame.selecting(Branches.itemOf(i, values.get(i)));
            selected.add(items.select(frame, input, values.get(i)));
        }
        frame.selecting(null);
        run.inputs(batcher == null ? selected : batcher.batches(frame, input, selected));
        Execution execution = frame.execution();
        execution.host().children(execution, run.startedEventId()).forEach(run::found);
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
        frame.execution().closeMapRun(run.startedEventId());
        frame.execution().emit(frame, EventType.MAP_RUN_SUCCEEDED, EventDetails.NONE);
        JsonNode output = writer == null ? result : writer.details(frame, run);
        frame.mapRun(null);
        return map.succeeded(frame, output);
    }

    private static StateFailure failed(Frame frame, StateFailure failure) {
        frame.execution().emit(frame, EventType.MAP_RUN_FAILED, EventDetails.builder()
                .put(Detail.CAUSE, failure.cause()).put(Detail.ERROR, failure.error()).build());
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

    Transition resume(Frame frame, MapState map, MapItems items, List<HistoryEvent> since, long limit) {
        HistoryEvent started = since.getLast();
        String arn = started.details().text(Detail.MAP_RUN_ARN);
        if (started.type() != EventType.MAP_RUN_STARTED || arn == null) {
            return map.enter(frame);
        }
        JsonNode input = map.flow().effectiveInput(frame);
        frame.mapRun(new MapRun(started.id(), arn, Math.min(limit, MOST_CHILDREN), tolerance(frame, input)));
        return begin(frame, map, items, items.of(frame, input));
    }

    private static MapRun running(Frame frame) {
        MapRun run = frame.mapRun();
        if (run == null) {
            throw new IllegalStateException("state '" + frame.state().name() + "' has no map run");
        }
        return run;
    }
}
