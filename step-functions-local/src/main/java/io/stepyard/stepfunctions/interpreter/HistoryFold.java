package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Restores the frames of an execution from its history, event by event. Which frame an event belongs to follows from the
 * event before it.
 */
final class HistoryFold {
    private final Execution execution;
    /** What is known of a frame that is still open. */
    private final Map<Frame, Chain> open = new LinkedHashMap<>();
    private final Map<Long, Frame> tips = new HashMap<>();
    /** Where a new branch or iteration of a frame may begin. */
    private final Map<Long, Frame> forks = new HashMap<>();

    /** Branches whose state failed: where the execution failed with it, a redrive runs them on. */
    private final Map<Frame, GivenUp> givenUp = new LinkedHashMap<>();

    /** What was known of the branches of a state when it failed. */
    private record GivenUp(Branches branches, Map<Frame, Chain> chains, Map<Long, Frame> tips) {}

    /** A chain of states as far as the history tells it. */
    private static final class Chain {
        private final List<HistoryEvent> since = new ArrayList<>();
        private @Nullable JsonNode exitedWith;
        private @Nullable Instant retryDue;
    }

    HistoryFold(Execution execution, Frame root) {
        this.execution = execution;
        tips.put(0L, root);
    }

    /** Takes the next event. */
    void apply(HistoryEvent event) {
        switch (event.type()) {
            case EXECUTION_STARTED -> execution.input(text(event, Detail.INPUT));
            case EXECUTION_SUCCEEDED -> open.clear();
            case EXECUTION_FAILED, EXECUTION_ABORTED, EXECUTION_TIMED_OUT -> {
                // What was open stays known: a redrive goes on from here.
            }
            case EXECUTION_REDRIVEN -> {
                execution.redriven(event);
                restoreBranches();
                open.forEach(HistoryFold::beginAnew);
            }
            case EVALUATION_FAILED -> evaluationFailed(event);
            case MAP_ITERATION_STARTED -> iterationStarted(event);
            case MAP_ITERATION_SUCCEEDED -> iterationSucceeded(event);
            case MAP_ITERATION_FAILED -> giveUp(event.previousEventId());
            case PARALLEL_STATE_FAILED, MAP_STATE_FAILED -> stateFailed(event);
            case PARALLEL_STATE_SUCCEEDED, MAP_STATE_SUCCEEDED, MAP_ITERATION_ABORTED, TASK_STATE_ABORTED,
                    WAIT_STATE_ABORTED, MAP_STATE_ABORTED, PARALLEL_STATE_ABORTED -> {
                // These stand beside the chains; what they tell follows from the events around them.
            }
            case MAP_RUN_SUCCEEDED -> tips.put(event.id(), frameOf(event));
            default -> applyToChain(event);
        }
        event.details().texts(Detail.RETRIES).forEach((entered, retry) -> retryArmed(Long.parseLong(entered), retry));
    }

    /** It names the event before the entry into its state where the entry itself could not be evaluated; it then comes right after the entry. */
    private void evaluationFailed(HistoryEvent event) {
        Frame named = tips.get(event.previousEventId());
        Frame entered = tips.get(event.id() - 1);
        if (named != null || entered == null) {
            applyToChain(event);
            return;
        }
        tips.remove(event.id() - 1);
        entered.lastEventId(event.id());
        tips.put(event.id(), entered);
        record(entered, event);
    }

    private void applyToChain(HistoryEvent event) {
        Frame frame = event.type().entersState() ? frameThatEnters(event) : frameOf(event);
        if (!event.type().entersState()) {
            frame = giveUpBranchesOf(frame, event);
        }
        if (frame.lastEventId() != event.previousEventId()) {
            frame.lastEventId(event.previousEventId());
        }
        tips.remove(event.previousEventId());
        frame.lastEventId(event.id());
        tips.put(event.id(), frame);
        record(frame, event);
    }

    private void record(Frame frame, HistoryEvent event) {
        Chain chain = open.computeIfAbsent(frame, absent -> new Chain());
        chain.retryDue = null;
        givenUp.remove(frame);
        if (event.type().entersState()) {
            String input = text(event, Detail.INPUT);
            frame.enteredAfter(event.previousEventId());
            frame.entered(frame.states().named(text(event, Detail.NAME)), Json.parse(input), input, event.id(),
                    event.timestampMillis());
            chain.since.clear();
            chain.exitedWith = null;
        } else if (event.type().exitsState()) {
            event.details().texts(Detail.ASSIGNED_VARIABLES)
                    .forEach((name, value) -> frame.assign(Map.of(name, Json.parse(value))));
            chain.exitedWith = Json.parse(text(event, Detail.OUTPUT));
            frame.branches(null);
        } else {
            chain.since.add(event);
            if (frame.state() instanceof BranchingState branching && branching.startedType() == event.type()) {
                frame.branches(branching.restored(frame, event));
                forks.put(event.id(), frame);
            }
        }
    }

    private Frame frameOf(HistoryEvent event) {
        Frame frame = tips.get(event.previousEventId());
        if (frame == null) {
            throw new IllegalStateException("event " + event.id() + " follows event " + event.previousEventId()
                    + ", which ends no open chain of states");
        }
        return frame;
    }

    /** A branch of a Parallel state begins with the entry into its first state. */
    private Frame frameThatEnters(HistoryEvent event) {
        Frame around = forks.get(event.previousEventId());
        if (around != null && around.branches() != null && around.state() instanceof ParallelState parallel) {
            Frame branch = parallel.restoredBranch(around, 0, text(event, Detail.NAME));
            if (branch != null) {
                BranchingState.running(around).started(branch);
                return branch;
            }
        }
        Frame frame = tips.get(event.previousEventId());
        return frame == null ? frameOf(event) : frame;
    }

    /** An event of a state around this chain ends the chain: the state failed, or all its branches are done. */
    private Frame giveUpBranchesOf(Frame frame, HistoryEvent event) {
        Frame at = frame;
        while (at.parent() != null && !belongsTo(at, event)) {
            at = closeInto(at.parent(), event.previousEventId());
        }
        return at;
    }

    private static boolean belongsTo(Frame frame, HistoryEvent event) {
        if (event.type().exitsState()) {
            return frame.state().name().equals(event.details().text(Detail.NAME))
                    && frame.state().exitedType() == event.type();
        }
        boolean ofBranching = event.type().awsName().startsWith("Parallel") || event.type().awsName().startsWith("Map");
        if (!ofBranching) {
            return true;
        }
        if (!(frame.state() instanceof BranchingState branching)) {
            return false;
        }
        boolean begins = frame.branches() == null && branching.startedType() == event.type();
        return begins || branching.failedType() == event.type() || event.type().awsName().startsWith("MapRun");
    }

    private void iterationStarted(HistoryEvent event) {
        Frame around = forks.get(event.previousEventId());
        Long index = event.details().number(Detail.INDEX);
        Frame iteration = around != null && index != null && around.state() instanceof MapState map
                ? map.restoredBranch(around, index.intValue(), null)
                : null;
        if (around == null || iteration == null) {
            throw new IllegalStateException("event " + event.id() + " begins an iteration of no Map state");
        }
        BranchingState.running(around).started(iteration);
        iteration.lastEventId(event.id());
        tips.put(event.id(), iteration);
        open.put(iteration, new Chain());
    }

    private void iterationSucceeded(HistoryEvent event) {
        Frame iteration = frameOf(event);
        Frame around = iteration.parent();
        if (around == null) {
            throw new IllegalStateException("event " + event.id() + " ends an iteration of no Map state");
        }
        finish(iteration, around);
        tips.remove(event.previousEventId());
        forks.put(event.previousEventId(), around);
        around.lastEventId(event.id());
        tips.put(event.id(), around);
    }

    private void finish(Frame branch, Frame around) {
        Chain chain = open.remove(branch);
        if (chain != null && chain.exitedWith != null) {
            BranchingState.running(around).finished(branch, chain.exitedWith);
        }
    }

    private void giveUp(long previousEventId) {
        Frame iteration = tips.get(previousEventId);
        if (iteration != null && iteration.parent() != null) {
            remember(iteration.parent());
            closeInto(iteration.parent(), previousEventId);
        }
    }

    /** A Parallel or Map state failed: this event follows the branch that failed, or the state's own events. */
    private void stateFailed(HistoryEvent event) {
        Frame at = frameOf(event);
        while (at.parent() != null && (!belongsTo(at, event) || hasFailed(at))) {
            remember(at.parent());
            at = closeInto(at.parent(), event.previousEventId());
        }
        GivenUp branches = givenUp.get(at);
        applyToChain(event);
        if (branches != null) {
            givenUp.put(at, branches);
        }
    }

    /** It failed already, so that another failure is one around it. */
    private boolean hasFailed(Frame frame) {
        Chain chain = open.get(frame);
        return chain != null && !chain.since.isEmpty() && frame.state() instanceof BranchingState branching
                && chain.since.getLast().type() == branching.failedType();
    }

    private void remember(Frame around) {
        Branches branches = around.branches();
        if (branches != null) {
            GivenUp known = new GivenUp(branches, new LinkedHashMap<>(), new HashMap<>());
            open.forEach((frame, chain) -> {
                if (isWithin(frame, around)) {
                    known.chains.put(frame, chain);
                }
            });
            tips.forEach((id, frame) -> {
                if (isWithin(frame, around)) {
                    known.tips.put(id, frame);
                }
            });
            givenUp.put(around, known);
        }
    }

    /** What had failed is open again; outer states first, for inner ones are among their branches. */
    private void restoreBranches() {
        for (Map.Entry<Frame, GivenUp> failed : new ArrayList<>(givenUp.entrySet()).reversed()) {
            Frame around = failed.getKey();
            if (open.containsKey(around)) {
                around.branches(failed.getValue().branches);
                open.putAll(failed.getValue().chains);
                tips.putAll(failed.getValue().tips);
            }
        }
        givenUp.clear();
    }

    /** Forgets all branches of a frame; it goes on from this event. */
    private Frame closeInto(Frame around, long tip) {
        open.keySet().removeIf(frame -> isWithin(frame, around));
        tips.values().removeIf(frame -> isWithin(frame, around));
        around.branches(null);
        around.lastEventId(tip);
        tips.put(tip, around);
        return around;
    }

    private static boolean isWithin(Frame frame, Frame around) {
        for (Frame outer = frame.parent(); outer != null; outer = outer.parent()) {
            if (outer.equals(around)) {
                return true;
            }
        }
        return false;
    }

    private void retryArmed(long enteredEventId, String retry) {
        for (Map.Entry<Frame, Chain> entry : List.copyOf(open.entrySet())) {
            Frame frame = entry.getKey();
            if (frame.inState() && frame.enteredEventId() == enteredEventId) {
                int space = retry.indexOf(' ');
                frame.countRetry(Integer.parseInt(retry.substring(0, space)));
                entry.getValue().retryDue = Instant.ofEpochMilli(Long.parseLong(retry.substring(space + 1)));
                givenUp.remove(frame);
                if (frame.branches() != null) {
                    closeInto(frame, lastTipWithin(frame));
                }
            }
        }
    }

    private long lastTipWithin(Frame frame) {
        return tips.entrySet().stream().filter(tip -> tip.getValue().equals(frame) || isWithin(tip.getValue(), frame))
                .mapToLong(Map.Entry::getKey).max().orElse(frame.lastEventId());
    }

    /** What a map run did stays known: a redrive goes on with it. */
    private static void beginAnew(Frame frame, Chain chain) {
        if (!frame.inState() || !(frame.state() instanceof MapState map) || map.distributed() == null) {
            chain.since.clear();
        }
        chain.retryDue = null;
        frame.resetRetries();
    }

    /** Lets every open chain run its state again; what branches completed stays. */
    void redrive(Driver driver) {
        restoreBranches();
        List<Map.Entry<Frame, Chain>> chains = List.copyOf(open.entrySet());
        for (Map.Entry<Frame, Chain> entry : chains) {
            if (entry.getValue().exitedWith != null && entry.getKey().parent() != null) {
                finish(entry.getKey(), entry.getKey().parent());
            }
        }
        for (Map.Entry<Frame, Chain> entry : chains) {
            Frame frame = entry.getKey();
            if (frame.inState() && entry.getValue().exitedWith == null) {
                List<HistoryEvent> since = List.copyOf(entry.getValue().since);
                beginAnew(frame, entry.getValue());
                driver.drive(frame, () -> frame.state().redrive(frame, since));
            }
        }
    }

    /** Sets what the open chains wait for. */
    void resume(Driver driver) {
        for (Map.Entry<Frame, Chain> entry : List.copyOf(open.entrySet())) {
            Frame frame = entry.getKey();
            Chain chain = entry.getValue();
            if (chain.exitedWith != null && frame.parent() != null) {
                finish(frame, frame.parent());
            } else if (chain.retryDue != null) {
                execution.arm(frame, new TimerKey(TimerKey.Kind.RETRY, frame.enteredEventId()), chain.retryDue);
            } else if (frame.inState()) {
                driver.drive(frame, () -> frame.state().resume(frame, chain.since));
            }
        }
    }

    private static String text(HistoryEvent event, Detail field) {
        String text = event.details().text(field);
        if (text == null) {
            throw new IllegalStateException("event " + event.id() + " has no " + field.jsonName());
        }
        return text;
    }
}
