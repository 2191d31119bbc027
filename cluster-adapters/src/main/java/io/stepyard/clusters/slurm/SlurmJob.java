package io.stepyard.clusters.slurm;

import io.stepyard.core.cluster.Observation;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import java.time.Instant;
import java.util.List;

/**
 * What SLURM says of one of its jobs, in the form of no version.
 *
 * @param comment empty when there is none
 * @param states the state, and flags beside it
 * @param waitStatus exit code × 256 + signal, as the operating system has it
 */
record SlurmJob(long id, String comment, List<String> states, String reason, long waitStatus, long startSeconds,
        long endSeconds) {

    private static final int SIGNAL = 0x7f;
    private static final int BY_SIGNAL = 128;

    SlurmJob {
        states = List.copyOf(states);
    }

    boolean belongsTo(String key) {
        return comment.equals(SlurmJobText.comment(key));
    }

    String state() {
        return states.isEmpty() ? "" : states.getFirst();
    }

    boolean isOver() {
        return switch (observation()) {
            case Observation.Succeeded _,Observation.Failed _,Observation.Cancelled _ -> true;
            case Observation.Pending _,Observation.Running _,Observation.NotFound _,Observation.Unrecognised _ ->
                false;
        };
    }

    /** Its state in our words. What is between the end of the program and the end of the job still holds processors: it runs. */
    Observation observation() {
        if (states.contains("COMPLETING")) {
            return new Observation.Running(start());
        }
        return switch (state()) {
            case "PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "RESV_DEL_HOLD", "SPECIAL_EXIT" ->
                new Observation.Pending();
            case "RUNNING", "STAGE_OUT", "SUSPENDED", "STOPPED", "SIGNALING", "RESIZING" ->
                new Observation.Running(start());
            case "COMPLETED" -> new Observation.Succeeded(start(), end());
            case "CANCELLED" -> new Observation.Cancelled(startSeconds == 0 ? null : start(), end());
            case "FAILED" -> failed(FailureClass.USER_ERROR, "EXIT_" + exitCode(), exitCode(),
                    "exit code " + exitCode());
            case "OUT_OF_MEMORY" -> failed(FailureClass.USER_ERROR, "OUT_OF_MEMORY", exitCode(),
                    "ended by SLURM for using more memory than it had asked for");
            case "TIMEOUT", "DEADLINE" -> failed(FailureClass.TIME_LIMIT, "TIME_LIMIT", null,
                    "ended by SLURM at its time limit");
            case "NODE_FAIL", "BOOT_FAIL", "PREEMPTED", "REVOKED", "LAUNCH_FAILED", "RECONFIG_FAIL" ->
                failed(FailureClass.INFRASTRUCTURE, state(), null, "ended by SLURM: " + state() + ", " + reason);
            default -> new Observation.Unrecognised(state());
        };
    }

    private Observation.Failed failed(FailureClass failureClass, String code,
            @org.jspecify.annotations.Nullable Integer exit,
            String message) {
        return new Observation.Failed(startSeconds == 0 ? null : start(), end(),
                new Failure(failureClass, code, message, exit, null));
    }

    /** As a shell would say it. */
    private int exitCode() {
        int signal = (int) (waitStatus & SIGNAL);
        return signal == 0 ? (int) (waitStatus >> 8 & 0xff) : BY_SIGNAL + signal;
    }

    private Instant start() {
        return Instant.ofEpochSecond(startSeconds);
    }

    private Instant end() {
        return Instant.ofEpochSecond(endSeconds);
    }
}
