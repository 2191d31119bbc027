package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.EventDetails;
import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.Catcher;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.Retrier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs several chains of states on the same input; its result is the array of their outputs. */
final class ParallelState extends BranchingState {
    private final List<States> chains;

    ParallelState(StateHeader header, List<States> chains, List<Retrier> retriers, List<Catcher> catchers) {
        super(header, retriers, catchers);
        this.chains = List.copyOf(chains);
    }

    List<States> chains() {
        return chains;
    }

    @Override
    EventType enteredType() {
        return EventType.PARALLEL_STATE_ENTERED;
    }

    @Override
    EventType exitedType() {
        return EventType.PARALLEL_STATE_EXITED;
    }

    @Override
    EventType startedType() {
        return EventType.PARALLEL_STATE_STARTED;
    }

    @Override
    EventType failedType() {
        return EventType.PARALLEL_STATE_FAILED;
    }

    @Override
    EventType abortedType() {
        return EventType.PARALLEL_STATE_ABORTED;
    }

    @Override
    Transition enter(Frame frame) {
        JsonNode payload = flow().payload(frame);
        String text = Json.text(payload);
        Execution execution = frame.execution();
        execution.emit(frame, startedType(), EventDetails.NONE);
        Branches branches = new Branches(chains.size());
        frame.branches(branches);
        for (int i = 0; i < chains.size(); i++) {
            Frame branch = new Frame(execution, chains.get(i), frame, i);
            branch.lastEventId(frame.lastEventId());
            branches.started(branch);
            execution.driver().begin(branch, payload, text);
        }
        return Transition.Suspended.INSTANCE;
    }

    @Override
    Transition branchEnded(Frame frame, Frame branch, JsonNode output) {
        Branches branches = running(frame);
        branches.finished(branch, output);
        frame.lastEventId(branch.lastEventId());
        return proceed(frame);
    }

    @Override
    Transition proceed(Frame frame) {
        Branches branches = running(frame);
        if (!branches.allFinished()) {
            return Transition.Suspended.INSTANCE;
        }
        frame.execution().emitAside(frame.lastEventId(), EventType.PARALLEL_STATE_SUCCEEDED, EventDetails.NONE);
        JsonNode result = branches.results();
        return new Transition.Exit(flow().output(frame, result), header().next(), flow().assigned(frame, result));
    }

    @Override
    void recordGivenUp(Frame frame, Frame branch, boolean itFailed, long afterEventId) {
        recordAborted(frame, branch, afterEventId);
    }

    @Override
    Branches restored(Frame frame, HistoryEvent started) {
        return new Branches(chains.size());
    }

    @Override
    @Nullable
    Frame restoredBranch(Frame frame, int index, @Nullable String startedWith) {
        for (int i = 0; i < chains.size(); i++) {
            if (chains.get(i).startAt().equals(startedWith)) {
                return new Frame(frame.execution(), chains.get(i), frame, i);
            }
        }
        return null;
    }
}
