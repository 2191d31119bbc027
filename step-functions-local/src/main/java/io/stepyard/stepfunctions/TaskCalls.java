package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.interpreter.TaskCall;
import io.stepyard.stepfunctions.interpreter.TaskClient;
import io.stepyard.stepfunctions.interpreter.TaskOutcome;
import io.stepyard.stepfunctions.time.Runner;

/** The calls of tasks under way. */
final class TaskCalls {
    private static final System.Logger LOG = System.getLogger(TaskCalls.class.getName());

    private final TaskClient tasks;
    private final Runner runner;
    private final EngineCore core;

    TaskCalls(TaskClient tasks, Runner runner, EngineCore core) {
        this.tasks = tasks;
        this.runner = runner;
        this.core = core;
    }

    /** Carries out a call, on a thread that may block, and hands its outcome to the execution. */
    void carryOut(ExecutionEntry entry, TaskCall call) {
        TaskOutcome outcome;
        try {
            outcome = tasks.call(call, output -> laterIfOpen(() -> core.run(entry,
                    execution -> execution.taskSubmitted(call.scheduledEventId(), output))));
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.WARNING, "the task client failed on " + call, broken);
            outcome = new TaskOutcome.Failed(broken.getClass().getName(), broken.getMessage());
        }
        TaskOutcome answer = outcome;
        laterIfOpen(() -> {
            entry.callEnded();
            core.run(entry, execution -> execution.taskReturned(call.scheduledEventId(), answer));
        });
    }

    private void laterIfOpen(Runnable turn) {
        try {
            runner.execute(turn);
        } catch (IllegalStateException closed) {
            // The engine is gone; after the next start the task is run again.
            LOG.log(System.Logger.Level.DEBUG, "a task ended after the engine was closed", closed);
        }
    }
}
