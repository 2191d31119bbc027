package io.stepyard.infra;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Everything that may differ between two deployments. Bad values are refused here, so that synthesis fails with one clear line.
 *
 * @param name
 *            prefix of every physical name: a letter, then letters, digits and hyphens, at most 32
 * @param tick
 *            how often the scheduler runs on its own, whole minutes, 1 min to 1 h; it is also kicked when a job arrives or ends
 * @param sweep
 *            how often jobs are looked for that nobody looks after, whole minutes, 1 min to 1 h
 * @param logRetentionDays
 *            how long logs are kept; one of the values that CloudWatch Logs knows
 * @param workflow
 *            time-outs, repetitions and logging of the state machine
 * @param queueRequest
 *            size of the queue request function
 * @param scheduler
 *            size of the scheduler function
 * @param adapter
 *            size of the cluster adapter function
 */
public record StackSettings(String name, Duration tick, Duration sweep, int logRetentionDays, WorkflowSettings workflow,
        FunctionSettings queueRequest, FunctionSettings scheduler,
        FunctionSettings adapter) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,31}");
    private static final Duration MAX_TICK = Duration.ofHours(1);

    public static final StackSettings DEFAULTS = new StackSettings("stepyard", Duration.ofMinutes(1),
            Duration.ofMinutes(5), 30,
            WorkflowSettings.DEFAULTS, new FunctionSettings(512, Duration.ofSeconds(30)),
            new FunctionSettings(1024, Duration.ofMinutes(2)), new FunctionSettings(512, Duration.ofSeconds(50)));

    public StackSettings {
        BadSettings.require(NAME.matcher(name).matches(), "name", "'" + name + "'", NAME.pattern());
        requireMinutes("tickMinutes", tick);
        requireMinutes("sweepMinutes", sweep);
        BadSettings.require(Retention.knows(logRetentionDays), "logRetentionDays", logRetentionDays,
                "one of " + Retention.known());
        BadSettings.require(scheduler.timeout().compareTo(Duration.ofMinutes(5)) <= 0, "scheduler.timeoutSeconds",
                scheduler.timeout(), "at most 300: a stuck pass must not hold up many ticks");
        requireBelowTask("queueRequest", queueRequest, workflow);
        requireBelowTask("adapter", adapter, workflow);
    }

    private static void requireMinutes(String setting, Duration every) {
        boolean minutes = every.toSecondsPart() == 0 && every.toNanosPart() == 0 && every.toMinutes() >= 1;
        BadSettings.require(minutes && every.compareTo(MAX_TICK) <= 0, setting, every,
                "whole minutes from 1 to " + MAX_TICK.toMinutes() + " (EventBridge has no shorter tick)");
    }

    /** The state machine must not give a call up that still runs. */
    private static void requireBelowTask(String function, FunctionSettings settings, WorkflowSettings workflow) {
        BadSettings.require(settings.timeout().compareTo(workflow.taskTimeout()) < 0, function + ".timeoutSeconds",
                settings.timeout(),
                "less than workflow.taskTimeoutSeconds, " + workflow.taskTimeout().toSeconds());
    }

    String physicalName(String part) {
        return name + "-" + part;
    }
}
