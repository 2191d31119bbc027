package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.EventDetails;
import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.Catcher;
import io.stepyard.stepfunctions.language.ErrorNames;
import io.stepyard.stepfunctions.language.Retrier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A state that runs chains of states of its own. */
abstract sealed class BranchingState extends State permits ParallelState, MapState {
    private final List<Retrier> retriers;
    private final List<Catcher> catchers;

    BranchingState(StateHeader header, List<Retrier> retriers, List<Catcher> catchers) {
        super(header);
        this.retriers = List.copyOf(retriers);
        this.catchers = List.copyOf(catchers);
    }

    @Override
    boolean canRetry() {
        return true;
    }

    @Override
    final List<Retrier> retriers() {
        return retriers;
    }

    @Override
    final List<Catcher> catchers() {
        return catchers;
    }

    /** The event that begins the branches. */
    abstract EventType startedType();

    /** The event that records that this state gives up. */
    abstract EventType failedType();

    /** The event that records that this state was given up by another. */
    @Override
    abstract EventType abortedType();

    /** A branch has its output. */
    abstract Transition branchEnded(Frame frame, Frame branch, JsonNode output);

    /** Writes what AWS writes of one branch when the whole is given up. */
    abstract void recordGivenUp(Frame frame, Frame branch, boolean itFailed, long afterEventId);

    /** Makes the branches anew when the history is read. */
    abstract Branches restored(Frame frame, HistoryEvent started);

    /** The chain that a branch runs; {@code startedWith} is the state it enters first, where that decides. */
    abstract @Nullable Frame restoredBranch(Frame frame, int index, @Nullable String startedWith);

    static Branches running(Frame frame) {
        Branches branches = frame.branches();
        if (branches == null) {
            throw new IllegalStateException("state '" + frame.state().name() + "' runs no branches");
        }
        return branches;
    }

    /** A branch failed, and with it the state: all other branches are given up. */
    final StateFailure branchFailed(Frame frame, Frame failed, StateFailure failure) {
        long tip = failed.lastEventId();
        frame.lastEventId(tip);
        recordGivenUp(frame, failed, true, tip);
        for (Frame branch : new ArrayList<>(running(frame).running().values())) {
            if (!branch.equals(failed)) {
                recordGivenUp(frame, branch, false, tip);
            }
        }
        leave(frame);
        return new StateFailure(failure.error(), failure.cause(), failure.heartbeat(), true);
    }

    /** Writes that the state which a branch is in was given up, where AWS has an event for that. */
    static void recordAborted(Frame frame, Frame branch, long afterEventId) {
        EventType type = branch.inState() ? branch.state().abortedType() : null;
        if (type != null) {
            frame.execution().emitAside(afterEventId, type, EventDetails.NONE);
        }
    }

    @Override
    final void givingUp(Frame frame, StateFailure failure) {
        // A fault in the state's own fields is the execution's and not the state's.
        if (failure.ofBranch() || !ErrorNames.RUNTIME.equals(failure.error())) {
            frame.execution().emit(frame, failedType(), EventDetails.NONE);
        }
    }

    @Override
    void leave(Frame frame) {
        Branches branches = frame.branches();
        if (branches != null) {
            for (Frame branch : branches.running().values()) {
                branch.close();
                if (branch.inState()) {
                    branch.state().leave(branch);
                }
            }
            frame.branches(null);
        }
    }

    /** All its branches that were open are under way again: goes on where none is left. */
    abstract Transition proceed(Frame frame);

    @Override
    Transition redrive(Frame frame, List<HistoryEvent> since) {
        return frame.branches() == null ? enter(frame) : proceed(frame);
    }

    @Override
    Transition resume(Frame frame, List<HistoryEvent> since) {
        return frame.branches() == null ? enter(frame) : Transition.Suspended.INSTANCE;
    }
}
