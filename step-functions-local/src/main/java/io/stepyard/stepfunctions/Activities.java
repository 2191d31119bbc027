package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.interpreter.TaskCall;
import io.stepyard.stepfunctions.language.Json;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tasks that wait for a worker, and workers that wait for a task. Belongs to the interpreter's thread. */
final class Activities {
    private final EngineCore core;
    private final Map<String, ArrayDeque<Waiting>> tasks = new HashMap<>();
    private final Map<String, ArrayDeque<Poll>> polls = new HashMap<>();
    private final Set<Key> queued = new HashSet<>();

    /** An attempt. */
    private record Key(long executionNumber, long scheduledEventId) {}

    /** A task without a worker. */
    private record Waiting(Key key, String input) {}

    /** A worker without a task. */
    private record Poll(@Nullable String worker, CompletableFuture<ActivityTask> answer) {}

    Activities(EngineCore core) {
        this.core = core;
    }

    /** A task is to be done; does nothing where it is known already. */
    void scheduled(ExecutionEntry entry, TaskCall call) {
        Key key = new Key(entry.number(), call.scheduledEventId());
        if (queued.add(key)) {
            String arn = call.resource().arn();
            tasks.computeIfAbsent(arn, absent -> new ArrayDeque<>())
                    .add(new Waiting(key, Json.text(call.parameters())));
            core.later(() -> match(arn));
        }
    }

    /** A worker asks for a task; the answer comes when there is one, and never where it gives up before. */
    CompletableFuture<ActivityTask> poll(String arn, @Nullable String worker) {
        CompletableFuture<ActivityTask> answer = new CompletableFuture<>();
        polls.computeIfAbsent(arn, absent -> new ArrayDeque<>()).add(new Poll(worker, answer));
        match(arn);
        return answer;
    }

    private void match(String arn) {
        ArrayDeque<Waiting> waiting = tasks.getOrDefault(arn, new ArrayDeque<>());
        ArrayDeque<Poll> workers = polls.getOrDefault(arn, new ArrayDeque<>());
        while (!waiting.isEmpty() && !workers.isEmpty()) {
            Poll poll = workers.poll();
            if (!poll.answer().isDone()) {
                Waiting task = next(waiting, poll);
                if (task == null) {
                    workers.addFirst(poll);
                }
            }
        }
    }

    /** Gives the worker the first task that is still open. */
    private @Nullable Waiting next(ArrayDeque<Waiting> waiting, Poll poll) {
        for (Waiting task = waiting.poll(); task != null; task = waiting.poll()) {
            queued.remove(task.key());
            if (begin(task, poll)) {
                return task;
            }
        }
        return null;
    }

    private boolean begin(Waiting task, Poll poll) {
        ExecutionEntry entry = core.entry(task.key().executionNumber());
        boolean[] open = new boolean[1];
        if (entry != null) {
            core.run(entry, execution -> {
                open[0] = execution.hasOpenTask(task.key().scheduledEventId());
                execution.activityStarted(task.key().scheduledEventId(), poll.worker());
            });
        }
        if (open[0]) {
            String token = core.tokens().make(task.key().executionNumber(), task.key().scheduledEventId());
            core.afterCommit(() -> poll.answer().complete(new ActivityTask(token, task.input())));
        }
        return open[0];
    }
}
