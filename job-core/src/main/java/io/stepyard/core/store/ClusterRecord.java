package io.stepyard.core.store;

import io.stepyard.model.resource.Resources;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A registered cluster (table Clusters, key name).
 *
 * @param version counts the writes of registration, drain, health and sample; the ledger changes without it
 * @param kind which adapter speaks to it, for instance {@code http}
 * @param capacity the registered size, or the last one the cluster itself told; {@link Resources#NONE} until it is known
 * @param labels what jobs can ask for
 * @param options what its kind of adapter wants to know beyond the address: a partition, a queue, where the credentials are; never a secret
 * @param drained an operator asked that nothing new starts there; drainReason says why
 * @param reserved the reservation ledger: the sum over all live attempts, changed only together with their rows
 * @param health the last word on whether it can be used
 * @param windows maintenance that is planned or under way, in any order
 * @param origin who registered it and may take it away again
 */
public record ClusterRecord(String name, long version, String kind, URI endpoint, Resources capacity,
        Map<String, String> labels, Map<String, String> options, boolean drained, @Nullable String drainReason,
        Resources reserved, Health health, List<Maintenance> windows, Origin origin) {

    public ClusterRecord {
        labels = Map.copyOf(labels);
        // A row written before there were options and windows has none.
        options = Map.copyOf(Objects.requireNonNullElse(options, Map.of()));
        windows = List.copyOf(Objects.requireNonNullElse(windows, List.of()));
        origin = Objects.requireNonNullElse(origin, Origin.OPERATOR);
    }

    /** A cluster without options and maintenance, registered by an operator. */
    public ClusterRecord(String name, long version, String kind, URI endpoint, Resources capacity,
            Map<String, String> labels, boolean drained, @Nullable String drainReason, Resources reserved,
            Health health) {
        this(name, version, kind, endpoint, capacity, labels, Map.of(), drained, drainReason, reserved, health);
    }

    /** A cluster without maintenance, registered by an operator. */
    public ClusterRecord(String name, long version, String kind, URI endpoint, Resources capacity,
            Map<String, String> labels, Map<String, String> options, boolean drained, @Nullable String drainReason,
            Resources reserved, Health health) {
        this(name, version, kind, endpoint, capacity, labels, options, drained, drainReason, reserved, health,
                List.of(), Origin.OPERATOR);
    }

    /** Who registered a cluster. */
    public enum Origin {
        /** Somebody, by a command. */
        OPERATOR,
        /** The clusters file: when the file no longer names it, it goes. */
        CLUSTERS_FILE
    }

    /** The same row with the ledger that the store keeps beside it. */
    public ClusterRecord withReserved(Resources ledger) {
        return new ClusterRecord(name, version, kind, endpoint, capacity, labels, options, drained, drainReason, ledger,
                health, windows, origin);
    }

    /** The next version of the row, after a look at the cluster. */
    public ClusterRecord seen(Resources size, Health news) {
        return new ClusterRecord(name, version + 1, kind, endpoint, size, labels, options, drained, drainReason,
                reserved, news, windows, origin);
    }

    /** The next version, registered anew. */
    public ClusterRecord registered(String newKind, URI address, Resources size, Map<String, String> newLabels,
            Map<String, String> newOptions, Origin by) {
        return new ClusterRecord(name, version + 1, newKind, address, size, newLabels, newOptions, drained,
                drainReason, reserved, health, windows, by);
    }

    /** The next version, drained for a reason, or open again when there is none. */
    public ClusterRecord drained(@Nullable String reason) {
        return new ClusterRecord(name, version + 1, kind, endpoint, capacity, labels, options, reason != null, reason,
                reserved, health, windows, origin);
    }

    /** The next version, with other maintenance. */
    public ClusterRecord withWindows(List<Maintenance> planned) {
        return new ClusterRecord(name, version + 1, kind, endpoint, capacity, labels, options, drained, drainReason,
                reserved, health, planned, origin);
    }

    /**
     * What the last look at the cluster gave.
     *
     * @param status whether the numbers can be used
     * @param used live use at {@code sampledAt}; null when unknown, which never means 0
     * @param elsewhere the part of {@code used} that is not ours: nobody's reservation here covers it
     * @param sampledAt when the cluster took the sample; null before the first good one
     * @param checkedAt when it was last asked
     * @param nextCheckAt not asked again before, unless null
     * @param detail what was wrong, for people; empty when nothing is
     */
    public record Health(Status status, @Nullable Resources used, Resources elsewhere, @Nullable Instant sampledAt,
            @Nullable Instant checkedAt,
            @Nullable Instant nextCheckAt, String detail) {

        public static final Health NEVER_CHECKED = new Health(Status.UNREACHABLE, null, Resources.NONE, null, null,
                null,
                "not asked yet");

        /** UNREACHABLE: no answer. NO_METRICS: an answer without usable numbers. */
        public enum Status {
            HEALTHY, UNREACHABLE, NO_METRICS
        }
    }
}
