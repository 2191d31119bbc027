package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.EventDetails;
import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.Catcher;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.Retrier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs a chain of states for each item of an array, within this execution or in child executions. */
final class MapState extends BranchingState {
    /** Inline iterations that run at once where the state sets no limit. */
    private static final int DEFAULT_CONCURRENCY = 40;

    private final States chain;
    private final MapItems items;
    private final NumberField maxConcurrency;
    private final @Nullable MapRunSettings distributed;

    MapState(StateHeader header, States chain, MapItems items, NumberField maxConcurrency,
            @Nullable MapRunSettings distributed, List<Retrier> retriers, List<Catcher> catchers) {
        super(header, retriers, catchers);
        this.chain = chain;
        this.items = items;
        this.maxConcurrency = maxConcurrency;
        this.distributed = distributed;
    }

    MapItems items() {
        return items;
    }

    NumberField maxConcurrency() {
        return maxConcurrency;
    }

    @Nullable
    MapRunSettings distributed() {
        return distributed;
    }

    States chain() {
        return chain;
    }

    @Override
    EventType enteredType() {
        return EventType.MAP_STATE_ENTERED;
    }

    @Override
    EventType exitedType() {
        return EventType.MAP_STATE_EXITED;
    }

    @Override
    EventType startedType() {
        return EventType.MAP_STATE_STARTED;
    }

    @Override
    EventType failedType() {
        return EventType.MAP_STATE_FAILED;
    }

    @Override
    EventType abortedType() {
        return EventType.MAP_STATE_ABORTED;
    }

    @Override
    Transition enter(Frame frame) {
        JsonNode input = flow().effectiveInput(frame);
        long limit = concurrency(frame, input);
        List<MapItem> values = items.of(frame, input);
        Execution execution = frame.execution();
        execution.emit(frame, startedType(), EventDetails.of(Detail.LENGTH, (long) values.size()));
        if (distributed != null) {
            return distributed.start(frame, this, values, limit);
        }
        Branches branches = new Branches(values.stream().map(MapItem::value).toList());
        frame.branches(branches);
        if (values.isEmpty()) {
            return succeeded(frame, branches.results(), frame.lastEventId());
        }
        for (long i = 0; i < limit && branches.nextIndex() >= 0; i++) {
            startIteration(frame, branches, frame.lastEventId());
        }
        return Transition.Suspended.INSTANCE;
    }

    private long concurrency(Frame frame, JsonNode input) {
        Long limit = maxConcurrency.evaluate(frame, input);
        return limit == null || limit <= 0 ? distributed == null ? DEFAULT_CONCURRENCY : Long.MAX_VALUE : limit;
    }

    private void startIteration(Frame frame, Branches branches, long afterEventId) {
        int index = branches.nextIndex();
        Execution execution = frame.execution();
        Frame iteration = new Frame(execution, chain, frame, index);
        long id = execution.emitAside(afterEventId, EventType.MAP_ITERATION_STARTED, details(index));
        iteration.lastEventId(id);
        branches.started(iteration);
        frame.selecting(branches.item(index));
        try {
            JsonNode selected = items.select(frame, flow().effectiveInput(frame),
                    new MapItem(null, branches.itemValue(index)));
            execution.driver().begin(iteration, selected, Json.text(selected));
        } finally {
            frame.selecting(null);
        }
    }

    private EventDetails details(int index) {
        return EventDetails.of(Detail.INDEX, (long) index, Detail.NAME, name());
    }

    @Override
    Transition branchEnded(Frame frame, Frame branch, JsonNode output) {
        Branches branches = running(frame);
        branches.finished(branch, output);
        long succeeded = frame.execution().emitAside(branch.lastEventId(), EventType.MAP_ITERATION_SUCCEEDED,
                details(branch.index()));
        if (branches.nextIndex() >= 0) {
            startIteration(frame, branches, branch.lastEventId());
        }
        frame.lastEventId(succeeded);
        return branches.allFinished() ? succeeded(frame, branches.results(), succeeded) : Transition.Suspended.INSTANCE;
    }

    /** All is done, as an event told: the result goes out. */
    Transition succeeded(Frame frame, JsonNode result, long afterEventId) {
        frame.execution().emitAside(afterEventId, EventType.MAP_STATE_SUCCEEDED, EventDetails.NONE);
        return new Transition.Exit(flow().output(frame, result), header().next(), flow().assigned(frame, result));
    }

    @Override
    void recordGivenUp(Frame frame, Frame branch, boolean itFailed, long afterEventId) {
        frame.execution().emitAside(afterEventId,
                itFailed ? EventType.MAP_ITERATION_FAILED : EventType.MAP_ITERATION_ABORTED, details(branch.index()));
        recordAborted(frame, branch, afterEventId);
    }

    @Override
    Branches restored(Frame frame, HistoryEvent started) {
        // The items of a map run are with its child executions.
        return distributed != null
                ? new Branches(0)
                : new Branches(items.of(frame, flow().effectiveInput(frame)).stream().map(MapItem::value).toList());
    }

    @Override
    @Nullable
    Frame restoredBranch(Frame frame, int index, @Nullable String startedWith) {
        return startedWith == null ? new Frame(frame.execution(), chain, frame, index) : null;
    }

    /** The reader or writer of a distributed Map came back. */
    Transition returned(Frame frame, TaskOutcome outcome) {
        return distributed == null ? Transition.Suspended.INSTANCE : distributed.returned(frame, this, outcome);
    }

    /** A child execution of a distributed Map ended. */
    Transition childEnded(Frame frame, int index, ChildOutcome outcome) {
        return distributed == null || frame.mapRun() == null
                ? Transition.Suspended.INSTANCE
                : distributed.childEnded(frame, this, index, outcome);
    }

    @Override
    void leave(Frame frame) {
        MapRunSettings.giveUp(frame);
        super.leave(frame);
    }

    @Override
    Transition resume(Frame frame, List<HistoryEvent> since) {
        return distributed == null || MapRunSettings.startedIn(since) == null
                ? super.resume(frame, since)
                : distributed.resume(frame, this, since, concurrency(frame, flow().effectiveInput(frame)));
    }

    @Override
    Transition redrive(Frame frame, List<HistoryEvent> since) {
        if (distributed == null) {
            return super.redrive(frame, since);
        }
        return MapRunSettings.startedIn(since) == null
                ? enter(frame)
                : distributed.redrive(frame, this, since, concurrency(frame, flow().effectiveInput(frame)));
    }

    @Override
    Transition proceed(Frame frame) {
        Branches branches = running(frame);
        if (branches.allFinished()) {
            return succeeded(frame, branches.results(), frame.lastEventId());
        }
        if (branches.running().isEmpty()) {
            startIteration(frame, branches, frame.lastEventId());
        }
        return Transition.Suspended.INSTANCE;
    }
}
