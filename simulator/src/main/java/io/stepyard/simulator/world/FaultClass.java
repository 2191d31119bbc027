package io.stepyard.simulator.world;

/** What can go wrong in a world. Each class has a counter; a set of worlds counts only when every class has struck in it. */
enum FaultClass {
    CRASH_BEFORE_EFFECT("a function dies just before it does something to the outside"),
    CRASH_AFTER_EFFECT("a function dies just after it did something to the outside"),
    PROCESS_PAUSED("a function stands still between two of its calls while everybody else goes on"),
    LEASE_HOLDER_PAUSED("a scheduler stands still for longer than its lease and goes on as if nothing had been"),
    TASK_TIMED_OUT("a function is still at work when its state gives it up"),
    CLOCK_SKEW("a function is called whose clock is wrong"),
    FUNCTION_UNREACHABLE("a function cannot be called"),
    FUNCTION_REPLY_LOST("a function has done its work, and its answer is lost"),
    FUNCTION_CALLED_TWICE("a function is called twice for one event"),
    STORE_UNAVAILABLE("the store does not answer, nothing was done"),
    STORE_REPLY_LOST("the store has done it, and the caller sees a time-out"),
    STORE_CONFLICT("another transaction was in the way"),
    STORE_THROTTLED("the store refuses most calls for a while"),
    INDEX_LAG("a list is read as it was up to a minute ago"),
    SIGNAL_LOST("a signal to an execution is not delivered"),
    SIGNAL_REPLY_LOST("a signal is delivered, and the caller does not know"),
    SIGNAL_REPEATED("a signal is delivered twice"),
    DESCRIBE_THROTTLED("Step Functions does not say how an execution is"),
    TICK_MISSING("a tick does not come"),
    TICK_REPEATED("a tick comes twice"),
    TICK_LATE("a tick comes late, after one that was due later"),
    KICK_MISSING("a kick does not come"),
    EVENT_MISSING("nobody is told that an execution has ended"),
    EVENT_REPEATED("the end of an execution is told twice"),
    EVENT_LATE("the end of an execution is told late, after others that came later"),
    CLUSTER_DOWN("no connection to a cluster"),
    CLUSTER_SLOW("a cluster does not answer in time; nothing was done"),
    CLUSTER_REPLY_LOST("a cluster has done it, and its answer is lost"),
    CLUSTER_NONSENSE("a cluster answers with an error page"),
    CLUSTER_FLAPPING("a cluster comes and goes within minutes"),
    CLUSTER_HIDES_RUNS("a cluster says for a while that it does not know runs which go on"),
    CLUSTER_LOSES_RUNS("a cluster loses its runs and its memory of them"),
    CLUSTER_REUSES_IDS("a cluster gives a new run the id of an old one"),
    CLUSTER_KILLS_RUNS("the shutdown of a cluster ends its runs"),
    CLUSTER_REQUEUES_RUN("a status goes backwards: a running job waits again"),
    CLUSTER_CANCELS_RUN("somebody ends a run on the cluster itself"),
    STATUS_UNRECOGNISED("a cluster uses a word that nobody knows"),
    SUBMIT_ACCEPTED_WITH_ERROR("a submission is accepted and answered with an error"),
    SUBMIT_DELIVERED_LATE("a submission arrives after its sender has given it up"),
    SUBMIT_REFUSED("a cluster refuses a submission for no good reason"),
    METRICS_STALE("the metrics of a cluster stand still"),
    METRICS_MISSING("a cluster gives no metrics"),
    METRICS_NOT_A_NUMBER("the metrics of a cluster are NaN"),
    METRICS_NEGATIVE("the metrics of a cluster are negative"),
    METRICS_BACKWARDS("a sample is older than the one before"),
    METRICS_LYING("the metrics say that nothing is used"),
    METRICS_FROM_THE_FUTURE("a sample is from a time that is still to come"),
    FOREIGN_LOAD("somebody else uses a part of a cluster"),
    EXECUTION_ABORTED("an execution is stopped from outside"),
    EXECUTION_REDRIVEN("an execution that ended badly is redriven"),
    EXECUTION_STARTED_TWICE("a client starts the same execution again"),
    JOB_CANCELLED("somebody cancels a job"),
    JOB_INVALID("somebody submits what is no job"),
    CLUSTER_DRAINED("an operator drains a cluster and opens it again"),
    POISON_ROW("a row in the queue makes no sense");

    private final String words;

    FaultClass(String words) {
        this.words = words;
    }

    /** One clause for people. */
    String words() {
        return words;
    }
}
