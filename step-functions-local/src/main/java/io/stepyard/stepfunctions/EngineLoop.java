package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.journal.JournalException;
import io.stepyard.stepfunctions.time.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Turns and their effects: answers, calls and news leave the engine only after what led to them is durable. */
final class EngineLoop {
    private final Runner runner;
    private final Journal journal;
    private List<Runnable> effects = new ArrayList<>();
    private List<CompletableFuture<?>> asked = new ArrayList<>();

    EngineLoop(Runner runner, Journal journal) {
        this.runner = runner;
        this.journal = journal;
        runner.afterTurns(this::commit);
    }

    Runner runner() {
        return runner;
    }

    /** Does something once the current turn is durable. Called within a turn; the effect must not block. */
    void afterCommit(Runnable effect) {
        effects.add(effect);
    }

    private void commit() {
        if (effects.isEmpty()) {
            return;
        }
        Effects due = new Effects(effects, asked);
        effects = new ArrayList<>();
        asked = new ArrayList<>();
        try {
            journal.commit(due);
            if (runner.isVirtual()) {
                journal.await();
            }
        } catch (JournalException broken) {
            due.broken(broken);
        }
    }

    /** What waits for one commit: effects, and the answers that must not hang where it fails. */
    private record Effects(List<Runnable> effects, List<CompletableFuture<?>> asked) implements Journal.Commit {
        @Override
        public void durable() {
            effects.forEach(Runnable::run);
        }

        @Override
        public void broken(JournalException reason) {
            asked.forEach(answer -> answer.completeExceptionally(reason));
        }
    }

    /** Runs a turn and waits until its answer may be given. */
    <T> T ask(Supplier<T> turn) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        runner.execute(() -> {
            asked.add(answer);
            try {
                T value = turn.get();
                afterCommit(() -> answer.complete(value));
            } catch (RuntimeException | StackOverflowError refused) {
                afterCommit(() -> answer.completeExceptionally(refused));
            }
        });
        if (runner.isVirtual() && !answer.isDone()) {
            throw new IllegalStateException("on virtual time the engine cannot be called from within its own turn");
        }
        try {
            return answer.join();
        } catch (CompletionException wrapped) {
            if (wrapped.getCause() instanceof StepFunctionsException refused) {
                throw new StepFunctionsException(refused.code(), refused.text());
            }
            throw wrapped;
        }
    }
}
