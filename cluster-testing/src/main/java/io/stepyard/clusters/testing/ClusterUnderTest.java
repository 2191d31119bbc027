package io.stepyard.clusters.testing;

import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.model.job.RunSpec;
import java.util.EnumSet;
import java.util.Set;

/** A cluster of 4 cores and 4 GiB with nothing on it, the adapter that speaks to it, and a hand on what goes wrong between them. */
public interface ClusterUnderTest extends AutoCloseable {

    /** Jobs that every cluster can be made to run. */
    enum Program {
        /** Prints {@code hello} to its output and ends well. */
        SUCCEED,
        /** Prints {@code access denied} as the end of its error output and ends with exit code 3. */
        FAIL,
        /** Runs until somebody ends it. */
        RUN_ON
    }

    /** What goes wrong between adapter and cluster. */
    enum Fault {
        /** Nothing listens where the cluster is said to be. */
        NO_CONNECTION,
        /** The cluster is asked and never answers; nothing happens there. */
        NO_ANSWER,
        /** What is asked happens, and the answer is lost. */
        LOST_REPLY,
        /** An error page instead of an answer. */
        ERROR_PAGE,
        /** An answer that breaks off. */
        TRUNCATED,
        /** Metrics that are not a number. */
        METRICS_NAN,
        /** A metrics page with nothing in it. */
        METRICS_EMPTY,
        /** Runs are in a state that the adapter has no word for. */
        UNKNOWN_STATE
    }

    /** What not every kind of cluster can do. */
    enum Ability {
        /** Refuses at once what exceeds what is free, instead of letting it wait. */
        REFUSES_WHAT_IS_NOT_FREE,
        /** Ends a run within seconds of its time limit. */
        ENDS_AT_THE_SECOND,
        /** Remembers a key that was cancelled while it was unknown, and refuses a submission that comes under it later. */
        CLOSES_UNKNOWN_KEYS
    }

    default Set<Ability> abilities() {
        return EnumSet.allOf(Ability.class);
    }

    ClusterGateway gateway();

    /** The cluster, spoken to through the faults. */
    ClusterRecord cluster();

    RunSpec program(Program program);

    /** Waits, bounded, until the attempt has ended, and gives the last observation. The cluster is healed. */
    Observation awaitEnd(String key);

    /** Waits, bounded, until the attempt is seen running. The cluster is healed. */
    Observation awaitRunning(String key);

    void begin(Fault fault);

    void heal();

    @Override
    void close();
}
