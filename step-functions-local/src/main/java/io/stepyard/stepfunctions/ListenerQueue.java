package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.time.Runner;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the listener one thing after the other, away from the engine's threads. */
final class ListenerQueue {
    private static final System.Logger LOG = System.getLogger(ListenerQueue.class.getName());

    private final ExecutionListener listener;
    private final Runner runner;
    private final ArrayDeque<Consumer<ExecutionListener>> news = new ArrayDeque<>();
    private boolean telling;

    ListenerQueue(ExecutionListener listener, Runner runner) {
        this.listener = listener;
        this.runner = runner;
    }

    @SuppressWarnings("ReferenceEquality")
    private void tell(Consumer<ExecutionListener> piece) {
        if (listener == ExecutionListener.NONE) {
            return;
        }
        synchronized (this) {
            news.add(piece);
            if (telling) {
                return;
            }
            telling = true;
        }
        runner.background(this::tellAll);
    }

    void started(ExecutionSummary execution) {
        tell(l -> l.started(execution));
    }

    void ended(ExecutionSummary execution) {
        tell(l -> l.ended(execution));
    }

    private void tellAll() {
        for (Consumer<ExecutionListener> piece = next(); piece != null; piece = next()) {
            try {
                piece.accept(listener);
            } catch (RuntimeException broken) {
                // The listener belongs to the host; its failure must not keep the rest from being told.
                LOG.log(System.Logger.Level.ERROR, "the execution listener failed", broken);
            }
        }
    }

    private synchronized @Nullable Consumer<ExecutionListener> next() {
        Consumer<ExecutionListener> piece = news.poll();
        telling = piece != null;
        return piece;
    }
}
