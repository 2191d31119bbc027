package io.stepyard.stepfunctions.interpreter;

/**
 * Names a timer within one execution.
 *
 * @param kind
 *            what it is for
 * @param eventId
 *            the event it belongs to: the entry of a Wait state, the schedule of a task, the failure before a retry
 */
public record TimerKey(Kind kind, long eventId) {
    /** What a timer is for. */
    public enum Kind {
        WAIT, RETRY, TASK_TIMEOUT, HEARTBEAT, EXECUTION_TIMEOUT
    }

    /** The one timer that limits a whole execution. */
    public static final TimerKey EXECUTION = new TimerKey(Kind.EXECUTION_TIMEOUT, 0);
}
